package dev.cxotel.bridge;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.JournalException;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.receiver.tls.Certificates;
import dev.cxotel.bridge.telemetry.OtelTelemetry;
import dev.cxotel.bridge.telemetry.SelfExport;
import dev.cxotel.bridge.telemetry.SelfResource;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The composition root: the foundation (journal and the bridge's own telemetry) lives as long as the process; all other
 * parts are built from one configuration snapshot and can be swapped for those of another.
 */
public final class Bridge implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Bridge.class);

    private final InstantSource clock;
    private final OtelTelemetry telemetry;
    private final Journal journal;
    private Parts parts;

    private Bridge(InstantSource clock, OtelTelemetry telemetry, Journal journal, Parts parts) {
        this.clock = clock;
        this.telemetry = telemetry;
        this.journal = journal;
        this.parts = parts;
    }

    /**
     * Looks at the files that a configuration names, without starting anything.
     *
     * @return what an operator should mend, though it can be started
     * @throws ConfigException when it cannot be used
     */
    public static List<String> check(BridgeConfig config) throws ConfigException {
        Parts.check(config);
        try (Certificates certificates = Certificates.open(config.receiver(), Telemetry.NONE, InstantSource.system())) {
            return certificates.warnings();
        }
    }

    /**
     * Opens the journal, then starts the parts from the destinations to the door.
     *
     * @throws ConfigException when the configuration cannot be used; nothing listens then
     * @throws JournalException when the journal cannot be opened, for one because another process has it
     * @throws IOException when an address cannot be bound
     */
    public static Bridge start(BridgeConfig config) throws ConfigException, JournalException, IOException {
        Parts.check(config);
        InstantSource clock = InstantSource.system();
        List<SelfExport> exports = selfExports(config, clock);
        AtomicReference<@Nullable OtelTelemetry> telemetry = new AtomicReference<>();
        Journal journal = SqliteJournal.open(config.journal(), clock, instanceId -> {
            OtelTelemetry started = OtelTelemetry.create(
                    new SelfResource(
                            Optional.of(config.serviceName()),
                            instanceId,
                            Version.current(),
                            config.resource().attributes()),
                    exports);
            telemetry.set(started);
            return started;
        });
        OtelTelemetry own = Objects.requireNonNull(telemetry.get());
        try {
            Bridge bridge = new Bridge(clock, own, journal, Parts.start(config, journal, own, clock));
            log.info(
                    "cxotel {} receives on {}:{}, health on {}:{}, admin on {}:{}, sends to {}",
                    Version.current(),
                    config.receiver().host(),
                    bridge.receiverPort(),
                    config.health().host(),
                    bridge.healthPort(),
                    config.admin().host(),
                    bridge.adminPort(),
                    config.destinations().isEmpty()
                            ? "no destination"
                            : config.destinations().stream()
                                    .map(DestinationConfig::name)
                                    .toList());
            return bridge;
        } catch (ConfigException | JournalException | IOException | RuntimeException e) {
            journal.close();
            own.close();
            throw e;
        }
    }

    /**
     * Replaces every part but the journal and the bridge's own telemetry by those of {@code next}. Between the old door's
     * closing and the new one's opening a sender is refused, not lost.
     *
     * @throws ConfigException when {@code next} cannot be used; the old parts keep running
     * @throws IOException when an address cannot be bound; the old parts run again
     */
    public synchronized void apply(BridgeConfig next) throws ConfigException, JournalException, IOException {
        Parts.check(next);
        BridgeConfig before = parts.config();
        if (!next.journal().equals(before.journal())) {
            log.warn("A change of the journal's settings takes effect at the next start.");
        }
        parts.stop();
        try {
            parts = Parts.start(next, journal, telemetry, clock);
        } catch (ConfigException | JournalException | IOException | RuntimeException e) {
            parts = Parts.start(before, journal, telemetry, clock);
            throw e;
        }
    }

    /** The port that CXone's webhooks are received on. */
    public synchronized int receiverPort() {
        return parts.receiver().port();
    }

    public synchronized int healthPort() {
        return parts.health().port();
    }

    public synchronized int adminPort() {
        return parts.admin().port();
    }

    public Journal journal() {
        return journal;
    }

    /** Answers what is in progress, delivers what it can within {@code receiver.stop_timeout}, then stops. */
    @Override
    public synchronized void close() {
        long waiting = parts.stop();
        telemetry.close();
        journal.close();
        if (waiting > 0) {
            log.info("Stopped; {} events wait in the journal for the next start.", waiting);
        } else {
            log.info("Stopped; nothing waits.");
        }
    }

    private static List<SelfExport> selfExports(BridgeConfig config, InstantSource clock) throws ConfigException {
        List<SelfExport> exports = new ArrayList<>();
        for (DestinationConfig destination : config.destinations()) {
            if (destination.selfTelemetry()) {
                Duration interval = destination.metricInterval();
                new Destination(destination, Parts.USER_AGENT, clock)
                        .selfTelemetry()
                        .ifPresent(exporter -> exports.add(new SelfExport(exporter, interval)));
            }
        }
        return exports;
    }
}
