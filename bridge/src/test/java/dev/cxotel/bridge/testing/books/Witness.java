package dev.cxotel.bridge.testing.books;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.DestinationConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the parts of the test kit tell of the running test, so that its books can be closed without its help: which
 * bridges it configured, where they send, which backends it started. Safe for any thread; tests run one after the other.
 */
public final class Witness {

    private static final Set<Path> CONFIGURATIONS = new LinkedHashSet<>();
    private static final Map<String, Set<Integer>> DESTINATIONS = new HashMap<>();
    private static final List<Backend> BACKENDS = new ArrayList<>();
    private static boolean killed;

    private Witness() {}

    /**
     * What a test did.
     *
     * @param configurations files of the bridges that it may have started
     * @param destinations the ports that each sent to, by name
     * @param killed whether a bridge was killed, so that a backend may have what no cursor knows of
     */
    record Account(
            List<Path> configurations, Map<String, Set<Integer>> destinations, List<Backend> backends, boolean killed) {

        /** The backends of the destination, wherever it sent to, unless another one sends to them too. */
        List<Backend> backends(String destination, BridgeConfig config) {
            Map<String, Set<Integer>> ports = new HashMap<>();
            destinations.forEach((name, its) -> ports.put(name, new TreeSet<>(its)));
            for (DestinationConfig each : config.destinations()) {
                each.endpoints().values().forEach(endpoint -> ports.computeIfAbsent(
                                each.name(), name -> new TreeSet<>())
                        .add(endpoint.getPort()));
            }
            Set<Integer> own = ports.getOrDefault(destination, Set.of());
            boolean shared = ports.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(destination))
                    .anyMatch(entry -> entry.getValue().stream().anyMatch(own::contains));
            return shared
                    ? List.of()
                    : backends.stream()
                            .filter(backend -> own.contains(backend.port()))
                            .toList();
        }
    }

    /** The test wrote the configuration of a bridge. */
    public static synchronized void configured(Path file) {
        CONFIGURATIONS.add(file.toAbsolutePath().normalize());
    }

    /** A bridge of the test sends to {@code endpoint}. */
    public static synchronized void sends(String destination, URI endpoint) {
        DESTINATIONS.computeIfAbsent(destination, name -> new TreeSet<>()).add(endpoint.getPort());
    }

    /** The test started a backend. */
    public static synchronized void started(Backend backend) {
        BACKENDS.add(backend);
    }

    /** A running bridge was killed. */
    public static synchronized void killed() {
        killed = true;
    }

    /** All that was told since the last time. */
    static synchronized Account take() {
        Map<String, Set<Integer>> destinations = new HashMap<>();
        DESTINATIONS.forEach((name, ports) -> destinations.put(name, Set.copyOf(ports)));
        Account account = new Account(List.copyOf(CONFIGURATIONS), destinations, List.copyOf(BACKENDS), killed);
        CONFIGURATIONS.clear();
        DESTINATIONS.clear();
        BACKENDS.clear();
        killed = false;
        return account;
    }
}
