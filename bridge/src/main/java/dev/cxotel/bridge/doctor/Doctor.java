package dev.cxotel.bridge.doctor;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.otlp.Trial;
import dev.cxotel.bridge.otlp.Trial.TlsSession;
import dev.cxotel.bridge.otlp.answer.ExportResult.Accepted;
import dev.cxotel.bridge.otlp.answer.ExportResult.Retryable;
import dev.cxotel.bridge.signal.Signal;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Sends one marked test signal of each kind through the very exporter that the bridge uses. Retries nothing. */
public final class Doctor {

    private static final Duration LOOK = Duration.ofSeconds(5);

    private final String userAgent;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Function<String, Map<String, String>> variables;

    /** @param variables a preset's variables that make its headers, with their meaning */
    public Doctor(
            String userAgent,
            InstantSource clock,
            RandomGenerator random,
            Function<String, Map<String, String>> variables) {
        this.userAgent = userAgent;
        this.clock = clock;
        this.random = random;
        this.variables = variables;
    }

    /**
     * One examination for each signal that the destination takes.
     *
     * @throws ConfigException when the destination cannot be opened
     */
    public List<Examination> examine(DestinationConfig config) throws ConfigException {
        List<Examination> examinations = new ArrayList<>();
        TestSignals test = TestSignals.at(clock.instant(), hex(16), hex(8));
        try (Destination destination = new Destination(config, userAgent, clock)) {
            for (Signal signal : Signal.values()) {
                if (destination.takes(signal)) {
                    Trial trial = Trial.of(() -> test.send(signal, destination), clock);
                    examinations.add(examination(config, signal, trial));
                }
            }
        }
        return examinations;
    }

    private Examination examination(DestinationConfig config, Signal signal, Trial trial) {
        URI url = config.endpoints().getOrDefault(signal.configName(), URI.create(""));
        Optional<Duration> skew = trial.backendTime().map(time -> skew(trial.answeredAt(), time));
        Advice advice = new Advice(config, variables.apply(config.preset()));
        return new Examination(
                config.name(),
                config.preset(),
                signal.configName(),
                url,
                addresses(config.proxy().map(URI::getHost).orElse(url.getHost())),
                config.proxy().map(proxy -> proxy.getHost() + ":" + proxy.getPort()),
                trial.tls().or(() -> look(config, url, trial)),
                trial.result(),
                trial.took(),
                trial.result() instanceof Accepted accepted ? accepted.rejected() : 0,
                skew,
                advice.of(signal.configName(), url, trial.result(), skew));
    }

    private static Optional<TlsSession> look(DestinationConfig config, URI url, Trial trial) {
        boolean failed = trial.result() instanceof Retryable retryable
                && retryable.reason().equals("tls");
        return failed && config.proxy().isEmpty() ? UntrustedCertificate.look(url, LOOK) : Optional.empty();
    }

    /** The backend's date has no parts of a second: what is within them is no skew. */
    private static Duration skew(Instant here, Instant there) {
        Duration apart = Duration.between(here, there);
        return apart.isNegative() && apart.compareTo(Duration.ofSeconds(-1)) > 0 ? Duration.ZERO : apart;
    }

    private static List<String> addresses(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host))
                    .map(InetAddress::getHostAddress)
                    .toList();
        } catch (UnknownHostException e) {
            return List.of();
        }
    }

    private String hex(int bytes) {
        byte[] id = new byte[bytes];
        random.nextBytes(id);
        id[0] |= 1;
        return HexFormat.of().formatHex(id);
    }
}
