package dev.cxotel.bridge.testing.torture;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.journal.sqlite.SqliteJournal;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.BridgeProcess;
import dev.cxotel.bridge.testing.PowerCut;
import dev.cxotel.bridge.testing.PreloadLibrary;
import dev.cxotel.bridge.testing.TestBridge;
import dev.cxotel.bridge.testing.books.JournalRows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The machine that the bridge runs on: it can kill it, make it stand still, lose its power, fill its disk and set its
 * clock. Without a C compiler it can do the first two only. Used by one thread at a time.
 */
final class Machine implements AutoCloseable {

    private static final Duration SYNC = Duration.ofMillis(1);
    private static final Duration SLOW_SYNC = Duration.ofMillis(100);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(4);

    private final Path directory;
    private final Path data;
    private final TestBridge test;
    private final Path config;
    private final List<String> options;
    private final boolean broken;
    private final Incidents incidents;
    private final Optional<PowerCut> power;
    private final Optional<Path> powerLibrary;
    private final Optional<WallClock> clock;
    private final List<Long> clockSettings = new ArrayList<>();
    private @Nullable BridgeProcess bridge;

    /**
     * A machine in {@code directory}, with nothing running.
     *
     * @param settings YAML of the journal's further settings
     * @param mapping YAML of the section {@code mapping}
     * @param mutant the guard that is broken on purpose, or {@code NONE}
     * @param shims whether power, disk and clock can be played with
     */
    Machine(
            Path directory,
            String settings,
            String mapping,
            List<String> destinations,
            String mutant,
            boolean shims,
            Incidents incidents)
            throws IOException, InterruptedException {
        this.directory = directory;
        this.data = Files.createDirectories(directory.resolve("data"));
        this.incidents = incidents;
        this.broken = !mutant.equals("NONE");
        this.options = List.of("-Dcxotel.test.mutant=" + mutant);
        this.test = TestBridge.in(directory, destinations.toArray(String[]::new));
        this.config = test.write();
        Files.writeString(
                config,
                Files.readString(config).replace("max_size: 1GiB, min_free_disk: 16MiB", settings) + "\n" + mapping);
        this.powerLibrary = shims ? PreloadLibrary.compile("powercut", directory) : Optional.empty();
        this.power = powerLibrary.map(library -> PowerCut.on(library, data));
        Optional<Path> clockLibrary = shims ? PreloadLibrary.compile("clock", directory) : Optional.empty();
        this.clock =
                clockLibrary.isPresent() ? Optional.of(new WallClock(clockLibrary.get(), directory)) : Optional.empty();
    }

    TestBridge addresses() {
        return test;
    }

    boolean hasShims() {
        return power.isPresent() && clock.isPresent();
    }

    /** Starts the bridge and waits until it is ready. */
    void start() throws IOException {
        Map<String, String> environment = new HashMap<>();
        List<String> libraries = new ArrayList<>();
        if (power.isPresent()) {
            environment.putAll(power.get().arm(broken ? SLOW_SYNC : SYNC));
            libraries.add(powerLibrary.orElseThrow().toString());
        }
        if (clock.isPresent()) {
            environment.putAll(clock.get().environment());
            libraries.add(clock.get().library().toString());
        }
        if (!libraries.isEmpty()) {
            environment.put("LD_PRELOAD", String.join(":", libraries));
        }
        bridge = BridgeProcess.run(config, test.healthPort(), directory.resolve("bridge.log"), options, environment);
        incidents.end();
    }

    /** SIGKILL. */
    void kill() throws Exception {
        incidents.begin(Incidents.Cause.KILL);
        running().kill();
    }

    /** SIGKILL, and what was not synced is gone. */
    void cutPower() throws Exception {
        incidents.begin(Incidents.Cause.POWER_CUT);
        running().kill();
        power.orElseThrow().restart();
    }

    /** SIGTERM; the exit code. */
    int stop() throws Exception {
        incidents.begin(Incidents.Cause.RESTART);
        int code = running().stop();
        bridge = null;
        return code;
    }

    /** SIGSTOP, {@code meanwhile}, SIGCONT. */
    void standStill(Incidents.Action meanwhile) throws Exception {
        incidents.begin(Incidents.Cause.STANDSTILL);
        signal("STOP");
        try {
            meanwhile.run();
        } finally {
            signal("CONT");
            incidents.end();
        }
    }

    void setClock(Duration offset) throws Exception {
        clockSettings.add(System.nanoTime());
        clock.orElseThrow().set(offset);
        clockSettings.add(System.nanoTime());
    }

    /** Whether the clock was set in the time from {@code from} to {@code to} of {@link System#nanoTime}. */
    boolean clockWasSet(long from, long to) {
        return clockSettings.stream().anyMatch(at -> from <= at && at <= to);
    }

    /** SIGKILL in the moment when the reader of the contacts has moved its cursor, or after a while without. */
    void killAtContacts() throws Exception {
        try (Moves moves = Moves.of(data, "contacts")) {
            moves.await(LONGEST_WAIT);
            kill();
        }
    }

    /** The contacts that did not close yet. */
    long openContacts() throws Exception {
        return JournalRows.count(data, "select count(*) from contact where closed_at is null");
    }

    void fillDisk() throws IOException {
        power.orElseThrow().breakWrites();
    }

    void breakSyncs() throws IOException {
        power.orElseThrow().breakSyncs();
    }

    void healDisk() throws IOException {
        power.orElseThrow().heal();
    }

    /** The running bridge's books. */
    Ledger ledger() throws IOException, InterruptedException {
        return test.ledger();
    }

    /** What the journal itself says; no bridge may run. */
    <T> T journal(JournalQuestion<T> question) throws Exception {
        BridgeConfig read = new ConfigLoader(Map.of()).load(config).config();
        try (Journal journal = SqliteJournal.open(read.journal(), InstantSource.system(), Telemetry.NONE)) {
            return question.ask(journal);
        }
    }

    /** Something to know of a journal. */
    @FunctionalInterface
    interface JournalQuestion<T> {
        T ask(Journal journal) throws Exception;
    }

    Path data() {
        return data;
    }

    String log() throws IOException {
        return running().output();
    }

    BridgeProcess running() {
        return Objects.requireNonNull(bridge, "no bridge runs");
    }

    @Override
    public void close() {
        if (bridge != null) {
            bridge.close();
        }
    }

    private void signal(String signal) throws IOException, InterruptedException {
        int code = new ProcessBuilder(
                        "kill", "-" + signal, Long.toString(running().pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (code != 0) {
            throw new IOException("kill -" + signal + " ended with " + code);
        }
    }
}
