package dev.cxotel.bridge.testing;

import dev.cxotel.bridge.testing.books.Witness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
        return new TestBridge(directory, freePort(), freePort(), freePort(), List.of(destinations));
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
                                        .map(line -> "  - " + line)
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

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
