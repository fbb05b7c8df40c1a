package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.config.DestinationConfig.Style;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.pipeline.patience.PipelineState.Condition;
import dev.cxotel.bridge.signal.Signal;
import dev.cxotel.bridge.testing.CountingTelemetry;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import dev.cxotel.bridge.testing.InMemoryJournal;
import dev.cxotel.bridge.testing.LineSlice;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The real threads, in real time, with short waits. */
class PipelinesTest {

    /** For a stop that has all the time it needs; one that is prompt needs much less. */
    private static final Duration ENOUGH = Duration.ofMinutes(2);

    private final InMemoryJournal journal = new InMemoryJournal();
    private final CountingTelemetry telemetry = new CountingTelemetry();
    private final LineSlice slice = new LineSlice();
    private final AtomicInteger bugs = new AtomicInteger();
    private FakeCollector good;
    private FakeCollector bad;

    @BeforeEach
    void open() throws IOException {
        good = FakeCollector.start();
        bad = FakeCollector.start();
    }

    @AfterEach
    void close() {
        good.close();
        bad.close();
    }

    @Test
    void start_severalDestinations_eachGetsEverySignalInItsOwnTemporality() throws Exception {
        Pipelines pipelines = start(to("cumulative", good), to("delta", bad).delta());
        IntStream.range(0, 20).forEach(i -> receive("bad" + i + " 1"));

        for (FakeCollector collector : List.of(good, bad)) {
            await().untilAsserted(() -> {
                assertThat(collector.spans()).hasSize(20);
                assertThat(collector.logs()).hasSize(20);
            });
        }
        await().untilAsserted(() -> assertThat(newest(good)).hasValue(20L));
        await().untilAsserted(() -> assertThat(
                        lines(bad).stream().mapToLong(NumberDataPoint::getAsInt).sum())
                .isEqualTo(20));
        pipelines.stop(ENOUGH);
        assertThat(journal.ledger().difference()).isZero();
        assertThat(pipelines.states()).allMatch(state -> state.condition() == Condition.STOPPED);
    }

    @Test
    void start_destinationWithADialect_getsItsNamesTagsAndLimits() throws Exception {
        Style style = new Style(
                Optional.empty(),
                Optional.empty(),
                Style.LateLogs.RESTAMP,
                0,
                0,
                8,
                false,
                Map.of("resource.name", "{span_name}"),
                List.of("service.name"),
                Optional.empty());
        Pipelines pipelines =
                start(to("plain", good).delta(), to("styled", bad).delta().style(style));
        receive("a 1 first-series-alpha", "b 2 first-series-beta");

        await().untilAsserted(() -> assertThat(bad.spans())
                .hasSize(2)
                .allMatch(span ->
                        span.getAttributes(0).getValue().getStringValue().equals(span.getName())));
        await().untilAsserted(() -> assertThat(lines(bad))
                .as("values that became equal are one series")
                .singleElement()
                .satisfies(point -> {
                    assertThat(point.getAsInt()).isEqualTo(2);
                    assertThat(point.getAttributesList().stream()
                                    .map(attribute -> attribute.getKey() + "="
                                            + attribute.getValue().getStringValue()))
                            .containsExactlyInAnyOrder("service.name=cxone-voice", "test.series=first…");
                }));
        await().untilAsserted(() -> assertThat(lines(good)).hasSize(2));
        assertThat(good.spans()).allMatch(span -> span.getAttributesCount() == 0);
        pipelines.stop(ENOUGH);
        assertThat(telemetry.count(
                        CxotelMetrics.CXOTEL_LIMITS_TRUNCATED, CxotelAttributes.CXOTEL_DESTINATION_NAME, "styled"))
                .isEqualTo(4);
    }

    @Test
    void start_oneDestinationDead_doesNotDelayTheOther() throws Exception {
        Stream.of(Signal.values()).forEach(signal -> bad.always(signal, request -> FakeCollector.status(503)));
        Pipelines pipelines = start(to("dead", bad), to("well", good));
        IntStream.range(0, 50).forEach(i -> receive("s" + i + " 1"));

        await().untilAsserted(() -> assertThat(good.spans()).hasSize(50));
        assertThat(bad.spans()).isEmpty();
        await().untilAsserted(() -> {
            assertThat(condition(pipelines, "dead", Signal.TRACES)).isEqualTo(Condition.RETRYING);
            assertThat(condition(pipelines, "well", Signal.TRACES)).isEqualTo(Condition.RUNNING);
        });
        assertThat(telemetry.readings(CxotelMetrics.CXOTEL_PIPELINE_RETRY_DELAY))
                .anyMatch(reading -> reading.value() > 0);
        assertThat(telemetry.readings(CxotelMetrics.CXOTEL_PIPELINE_WAITING))
                .anyMatch(reading -> reading.value() == 50);

        Stream.of(Signal.values()).forEach(signal -> bad.always(signal, request -> FakeCollector.status(200)));
        await().untilAsserted(() -> assertThat(bad.spans().stream().map(Span::getName))
                .containsExactlyElementsOf(
                        IntStream.range(0, 50).mapToObj(i -> "s" + i).toList()));
        await().untilAsserted(() -> assertThat(newest(bad)).hasValue(50L));
        pipelines.stop(ENOUGH);
        assertThat(journal.ledger().difference()).isZero();
    }

    @Test
    void stop_deadDestination_isPromptAndTheNextStartDelivers() throws Exception {
        Stream.of(Signal.values()).forEach(signal -> good.always(signal, request -> FakeCollector.status(503)));
        Pipelines pipelines = start(to("one", good).delta());
        receive("a 1", "b 2");
        await().until(() -> !good.requests(Signal.TRACES).isEmpty());

        long before = System.nanoTime();
        pipelines.stop(ENOUGH);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ENOUGH.dividedBy(4));

        Stream.of(Signal.values()).forEach(signal -> good.always(signal, request -> FakeCollector.status(200)));
        Pipelines restarted = start(to("one", good).delta());
        await().untilAsserted(
                        () -> assertThat(good.spans()).extracting(Span::getName).containsExactly("a", "b"));
        await().untilAsserted(
                        () -> assertThat(lines(good)).singleElement().satisfies(point -> assertThat(point.getAsInt())
                                .isEqualTo(2)));
        restarted.stop(ENOUGH);
    }

    @Test
    void stop_hangingDestination_endsAtTheDeadline() throws Exception {
        good.always(Signal.TRACES, request -> new mockwebserver3.MockResponse.Builder()
                .code(200)
                .headersDelay(10, TimeUnit.MINUTES)
                .build());
        Pipelines pipelines = start(to("one", good).timeout(ENOUGH));
        receive("a 1");
        await().until(() -> !good.requests(Signal.TRACES).isEmpty());

        long before = System.nanoTime();
        pipelines.stop(Duration.ofMillis(300));
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(ENOUGH.dividedBy(4));
        assertThat(condition(pipelines, "one", Signal.TRACES)).isEqualTo(Condition.STOPPED);
        assertThat(journal.position(new PipelineId("one", "traces"))).isZero();
    }

    @Test
    void stop_eventsWaiting_areDeliveredFirst() throws Exception {
        Pipelines pipelines = start(to("one", good).metricInterval(Duration.ofHours(1)));
        receive("a 1");
        pipelines.stop(ENOUGH);

        assertThat(good.spans()).hasSize(1);
        assertThat(lines(good)).extracting(NumberDataPoint::getAsInt).containsExactly(0L, 1L);
    }

    @Test
    void loop_bugInARound_isTriedAgain() throws Exception {
        bugs.set(2);
        Pipelines pipelines = start(to("one", good));
        receive("a 1");

        await().untilAsserted(() -> assertThat(good.spans()).hasSize(1));
        assertThat(bugs.get()).isLessThanOrEqualTo(0);
        pipelines.stop(ENOUGH);
    }

    @Test
    void create_destinationGone_itsCursorsGoToo() throws Exception {
        start(to("old", good)).stop(ENOUGH);
        start(to("new", good)).stop(ENOUGH);

        assertThat(journal.status().pipelines())
                .extracting(status -> status.id().destination())
                .containsOnly("new");
    }

    private Pipelines start(DestinationBuilder... builders) throws Exception {
        List<Destination> destinations = new java.util.ArrayList<>();
        for (DestinationBuilder builder : builders) {
            destinations.add(new Destination(builder.build(), "cxotel/test", InstantSource.system()));
        }
        PipelineSettings settings = new PipelineSettings(
                LineSlice::decode,
                type -> {
                    if (bugs.getAndDecrement() > 0) {
                        throw new LinkageError("a bug below the translator's guard");
                    }
                    return Optional.of(slice);
                },
                InstrumentationScopeInfo.create("test"),
                100,
                telemetry,
                InstantSource.system(),
                () -> 0.5,
                (duration, woken) -> woken.await(
                        Math.min(Duration.ofMillis(20).toNanos(), duration.toNanos()), TimeUnit.NANOSECONDS));
        Pipelines pipelines = Pipelines.create(destinations, journal, settings, Optional.empty());
        pipelines.start();
        return pipelines;
    }

    private void receive(String... lines) {
        Bytes body = Bytes.utf8(String.join("\n", lines));
        Decoding.Decoded decoded = (Decoding.Decoded) LineSlice.decode(body);
        journal.append(
                new Delivery("voice", InstantSource.system().instant(), body), decoded.events(), decoded.unreadable());
    }

    private static Condition condition(Pipelines pipelines, String destination, Signal signal) {
        return pipelines.states().stream()
                .filter(state -> state.id().equals(new PipelineId(destination, signal.configName())))
                .findFirst()
                .orElseThrow()
                .condition();
    }

    private static DestinationBuilder to(String name, FakeCollector collector) {
        return new DestinationBuilder(name, collector.url()).fromOldest();
    }

    private static Optional<Long> newest(FakeCollector collector) {
        return lines(collector).stream().reduce((one, next) -> next).map(NumberDataPoint::getAsInt);
    }

    private static List<NumberDataPoint> lines(FakeCollector collector) {
        return collector.metrics().stream()
                .filter(metric -> metric.getName().equals("test.lines"))
                .flatMap(metric -> metric.getSum().getDataPointsList().stream())
                .toList();
    }
}
