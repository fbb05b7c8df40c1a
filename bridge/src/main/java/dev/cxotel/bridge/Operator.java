package dev.cxotel.bridge;

import dev.cxotel.bridge.auth.diagnose.Diagnosis;
import dev.cxotel.bridge.cli.Seams;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.console.AdminAction;
import dev.cxotel.bridge.console.AdminAnswer;
import dev.cxotel.bridge.console.AdminCalls;
import dev.cxotel.bridge.console.AdminClient;
import dev.cxotel.bridge.console.AdminServer;
import dev.cxotel.bridge.console.DiagnoseCall;
import dev.cxotel.bridge.console.OperatorCalls;
import dev.cxotel.bridge.console.ShownText;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.mapping.privacy.ShownPayload;
import dev.cxotel.bridge.replay.QuarantineReplay;
import dev.cxotel.bridge.replay.Reverification;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Carries out the calls of an operator: by the bridge that runs on the journal, or with none running on the journal
 * itself, its lock taken.
 */
final class Operator implements Seams.Calls {

    private final InstantSource clock;

    Operator(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public AdminAnswer call(BridgeConfig config, String method, String call)
            throws IOException, InterruptedException, JournalException, ConfigException {
        Path directory = config.journal().directory();
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no journal in " + directory.toAbsolutePath());
        }
        try (AdminClient bridge = new AdminClient(directory)) {
            AdminAnswer answer = method.equals("GET") ? bridge.get(call) : bridge.post(call);
            if (!(answer instanceof AdminAnswer.NoBridge)) {
                return answer;
            }
        }
        try (Authentication authentication =
                        Authentication.open(config.receiver(), subscription -> Optional.empty(), Telemetry.NONE);
                Journal journal = SqliteJournal.open(config.journal(), clock, Telemetry.NONE)) {
            Slices decoder = new Slices(Parts.slices(config, journal.instanceId()));
            AdminServer.Sources sources = sources(
                    config,
                    journal,
                    decoder,
                    authentication.reverification(config.receiver()),
                    false,
                    List::of,
                    Map::of,
                    clock);
            return new AdminCalls(directory, sources)
                    .call(method, call, "command line of " + System.getProperty("user.name", "?"));
        }
    }

    /**
     * All that the admin API speaks about.
     *
     * @param running whether pipelines run
     * @param diagnoses of requests that did not verify
     */
    static AdminServer.Sources sources(
            BridgeConfig config,
            Journal journal,
            Slices decoder,
            Reverification reverification,
            boolean running,
            Supplier<List<Diagnosis>> diagnoses,
            Supplier<Map<String, Long>> preview,
            InstantSource clock) {
        OperatorCalls calls =
                new OperatorCalls(journal, new QuarantineReplay(journal, decoder, reverification), running);
        Map<String, AdminAction> readings = new HashMap<>(calls.readings());
        readings.put(DiagnoseCall.PATH, new DiagnoseCall(() -> diagnoses.get().stream()
                .map(Diagnosis::toMap)
                .toList()));
        ShownPayload shown = new ShownPayload(config.mapping());
        return new AdminServer.Sources(
                journal,
                Version.current(),
                calls.changes(),
                readings,
                new ShownText(shown::body, shown::detail),
                preview,
                clock);
    }
}
