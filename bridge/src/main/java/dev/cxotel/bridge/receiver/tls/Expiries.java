package dev.cxotel.bridge.receiver.tls;

import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_CERTIFICATE_USE;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_SUBSCRIPTION_NAME;

import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.api.common.Attributes;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/** When each certificate ends, as a metric (seconds left) and as sentences. Of several authorities, the first to end. */
final class Expiries implements AutoCloseable {

    private final List<Watched> watched = new ArrayList<>();
    private final InstantSource clock;
    private final Telemetry.Registration gauge;

    Expiries(Telemetry telemetry, InstantSource clock) {
        this.clock = clock;
        this.gauge = telemetry.gauge(CxotelMetrics.CXOTEL_CERTIFICATE_TIME_LEFT, this::readings);
    }

    void server(Supplier<X509Certificate> certificate) {
        add("certificate server", "server", Optional.empty(), () -> Optional.of(end(certificate.get())));
    }

    /** @param client when the last certificate that was let in ends */
    void subscription(String name, Supplier<List<X509Certificate>> authorities, Supplier<Optional<Instant>> client) {
        add("certificate client_ca " + name, "client_ca", Optional.of(name), () -> authorities.get().stream()
                .map(Expiries::end)
                .min(Comparator.naturalOrder()));
        add("certificate client " + name, "client", Optional.of(name), client);
    }

    Map<String, String> sentences() {
        Map<String, String> sentences = new TreeMap<>();
        for (Watched one : all()) {
            one.end().get().ifPresent(end -> sentences.put(one.title(), sentence(end)));
        }
        return sentences;
    }

    @Override
    public void close() {
        gauge.close();
    }

    private synchronized void add(
            String title, String use, Optional<String> subscription, Supplier<Optional<Instant>> end) {
        Attributes attributes = subscription
                .map(name -> Attributes.of(CXOTEL_CERTIFICATE_USE, use, CXOTEL_SUBSCRIPTION_NAME, name))
                .orElseGet(() -> Attributes.of(CXOTEL_CERTIFICATE_USE, use));
        watched.add(new Watched(title, attributes, end));
    }

    private synchronized List<Watched> all() {
        return List.copyOf(watched);
    }

    private List<Telemetry.Reading> readings() {
        List<Telemetry.Reading> readings = new ArrayList<>();
        for (Watched one : all()) {
            one.end()
                    .get()
                    .ifPresent(
                            end -> readings.add(new Telemetry.Reading(left(end).toSeconds(), one.attributes())));
        }
        return readings;
    }

    private String sentence(Instant end) {
        Duration left = left(end);
        return left.isNegative()
                ? "expired at " + end + ": replace it now"
                : "valid until " + end + ", " + left.toDays() + " days";
    }

    private Duration left(Instant end) {
        return Duration.between(clock.instant(), end);
    }

    private static Instant end(X509Certificate certificate) {
        return certificate.getNotAfter().toInstant();
    }

    private record Watched(String title, Attributes attributes, Supplier<Optional<Instant>> end) {}
}
