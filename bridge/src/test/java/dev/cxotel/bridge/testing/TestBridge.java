package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.console.AdminAnswer;
import dev.cxotel.bridge.console.AdminClient;
import dev.cxotel.bridge.journal.Ledger;
import dev.cxotel.bridge.testing.books.Witness;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * A configuration file for a test: loopback, free ports, a journal of its own. The books of its bridge are closed after the
 * test.
 *
 * @param destinations YAML of the list's items
 */
public record TestBridge(Path directory, int receiverPort, int healthPort, int adminPort, List<String> destinations) {

    private static final Pattern SENDS = Pattern.compile("name: ([^, }]+).*endpoint: \"([^\"]+)\"");

    public TestBridge {
        destinations = List.copyOf(destinations);
    }

    public static TestBridge in(Path directory, String... destinations) throws IOException {
        return new TestBridge(directory, Ports.free(), Ports.free(), Ports.free(), List.of(destinations));
    }

    /** A cumulative destination at {@code collector}. */
    public static String destination(String name, URI collector) {
        return "{ name: %s, endpoint: \"%s\", metric_interval: 200ms }".formatted(name, collector);
    }

    /** A delta destination at {@code collector}. */
    public static String deltaDestination(String name, URI collector) {
        return "{ name: %s, endpoint: \"%s\", temporality: delta, metric_interval: 200ms }".formatted(name, collector);
    }

    public TestBridge withDestinations(String... others) {
        return new TestBridge(directory, receiverPort, healthPort, adminPort, List.of(others));
    }

    public URI voice() {
        return URI.create("http://127.0.0.1:" + receiverPort + "/v1/voice-quality");
    }

    public URI scripts() {
        return URI.create("http://127.0.0.1:" + receiverPort + "/v1/script-api");
    }

    /** With a time-out that no slow machine reaches: what it ends is sent again, and then is in a backend twice. */
    private static String patient(String destination) {
        return destination.contains("timeout:") ? destination : destination.replaceFirst("}\\s*$", ", timeout: 60s }");
    }

    /** The books of the running bridge. */
    public Ledger ledger() throws IOException, InterruptedException {
        try (AdminClient client = new AdminClient(directory.resolve("data"))) {
            return switch (client.get("ledger")) {
                case AdminAnswer.Ok answer -> AdminClient.ledger(answer);
                case AdminAnswer.Refused refused -> throw new IOException(refused.detail());
                case AdminAnswer.NoBridge nobody -> throw new IOException(nobody.toString());
            };
        }
    }

    /** Waits until the running bridge has delivered all that it keeps; what did not arrive then never will. */
    public void awaitNothingWaits(Duration longest) {
        Awaitility.await().atMost(longest).until(() -> ledger().pipelines().stream()
                .allMatch(line -> line.waiting() == 0));
    }

    /** Writes the file and returns it. */
    public Path write() throws IOException {
        Path file = directory.resolve("cxotel.yaml");
        Files.writeString(file, """
                cxotel: 1
                receiver: { host: 127.0.0.1, port: %d, stop_timeout: 5s }
                journal: { directory: "%s", max_size: 1GiB, min_free_disk: 16MiB }
                health: { host: 127.0.0.1, port: %d }
                admin: { host: 127.0.0.1, port: %d }
                logging: { level: info, format: text }
                %s
                """.formatted(
                        receiverPort,
                        directory.resolve("data"),
                        healthPort,
                        adminPort,
                        destinations.isEmpty()
                                ? "destinations: []"
                                : destinations.stream()
                                        .map(line -> "  - " + patient(line))
                                        .collect(Collectors.joining("\n", "destinations:\n", ""))));
        Witness.configured(file);
        for (String line : destinations) {
            Matcher sends = SENDS.matcher(line);
            if (sends.find()) {
                Witness.sends(sends.group(1), URI.create(sends.group(2)));
            }
        }
        return file;
    }
}
