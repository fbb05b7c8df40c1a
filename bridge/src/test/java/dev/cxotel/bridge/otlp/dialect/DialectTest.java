package dev.cxotel.bridge.otlp.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.DestinationConfig.Style;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.testing.DestinationBuilder;
import dev.cxotel.bridge.testing.FakeCollector;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.sdk.testing.logs.TestLogRecordData;
import io.opentelemetry.sdk.testing.trace.TestSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a backend wants to be different, as it arrives there. */
class DialectTest {

    private static final Map<String, String> DATADOG =
            Map.of("resource.name", "{span_name}", "operation.name", "{operation}");

    private final List<String> cut = new ArrayList<>();

    @Test
    void span_datadog_hasResourceAndOperation() throws Exception {
        Dialect dialect = new Dialect(style(0, 0, false, DATADOG), cut::add);
        assertThat(texts(sent(dialect.span(span("Get account Main", SpanKind.CLIENT, Attributes.empty())))
                        .getAttributesList()))
                .isEqualTo(Map.of("resource.name", "Get account Main", "operation.name", "cxone.script.api"));
        assertThat(texts(sent(dialect.span(span("call leg", SpanKind.INTERNAL, Attributes.empty())))
                        .getAttributesList()))
                .containsEntry("operation.name", "cxone.call_leg");
        assertThat(cut).isEmpty();
    }

    @Test
    void span_tooManyAttributes_dropsTheLastAndSaysSo() throws Exception {
        AttributesBuilder many = Attributes.builder();
        for (char name = 'a'; name <= 'j'; name++) {
            many.put(String.valueOf(name), 1);
        }
        Span span = sent(
                new Dialect(style(7, 0, false, Map.of()), cut::add).span(span("s", SpanKind.CLIENT, many.build())));
        assertThat(span.getAttributesList())
                .extracting(KeyValue::getKey)
                .containsExactly("a", "b", "c", "d", "e", "f", "g");
        assertThat(span.getDroppedAttributesCount()).isEqualTo(3);
        assertThat(cut).containsExactly("h", "i", "j");
    }

    @Test
    void span_limitedAndNamed_keepsTheNamesBeyondTheLimit() throws Exception {
        Attributes two = Attributes.builder().put("a", 1).put("b", 1).build();
        Span span = sent(new Dialect(style(1, 0, false, DATADOG), cut::add).span(span("s", SpanKind.CLIENT, two)));
        assertThat(span.getAttributesList())
                .extracting(KeyValue::getKey)
                .containsExactlyInAnyOrder("a", "operation.name", "resource.name");
        assertThat(span.getDroppedAttributesCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "abcdefgh, 8, abcdefgh",
        "abcdefghi, 8, abcde…",
        "ääää, 8, ääää",
        "äääää, 8, ää…",
        "😀😀😀, 8, 😀…",
        "abc, 2, ab"
    })
    void log_longText_isCutOnACharacter(String text, int bytes, String kept) throws Exception {
        Attributes one = Attributes.of(AttributeKey.stringKey("a"), text);
        LogRecord log = sentLog(new Dialect(style(0, bytes, false, Map.of()), cut::add), one);
        String value = log.getAttributes(0).getValue().getStringValue();
        assertThat(value).isEqualTo(kept);
        assertThat(value.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(bytes);
        assertThat(cut).hasSize(kept.equals(text) ? 0 : 1);
    }

    @Test
    void log_eventNameAttribute_saysTheNameTwice() throws Exception {
        LogRecord log = sentLog(new Dialect(style(0, 0, true, Map.of())), Attributes.empty());
        assertThat(log.getEventName()).isEqualTo("cxone.voice.quality");
        assertThat(texts(log.getAttributesList())).isEqualTo(Map.of("event.name", "cxone.voice.quality"));
    }

    @Test
    void plain_changesNothing() {
        SpanData span = span("s", SpanKind.CLIENT, Attributes.of(AttributeKey.stringKey("a"), "b".repeat(9000)));
        assertThat(new Dialect(Style.PLAIN).span(span)).isSameAs(span);
    }

    private static Span sent(SpanData span) throws Exception {
        try (FakeCollector collector = FakeCollector.start();
                Destination destination = open(collector)) {
            destination.exportSpans(List.of(span));
            return collector.spans().getFirst();
        }
    }

    private static LogRecord sentLog(Dialect dialect, Attributes attributes) throws Exception {
        try (FakeCollector collector = FakeCollector.start();
                Destination destination = open(collector)) {
            destination.exportLogs(List.of(dialect.log(TestLogRecordData.builder()
                    .setEventName("cxone.voice.quality")
                    .setAttributes(attributes)
                    .setTotalAttributeCount(attributes.size())
                    .build())));
            return collector.logs().getFirst();
        }
    }

    private static Destination open(FakeCollector collector) throws Exception {
        return new Destination(
                new DestinationBuilder("test", collector.url()).build(),
                "cxotel/test",
                InstantSource.fixed(Instant.EPOCH));
    }

    private static SpanData span(String name, SpanKind kind, Attributes attributes) {
        return TestSpanData.builder()
                .setName(name)
                .setKind(kind)
                .setStatus(StatusData.unset())
                .setStartEpochNanos(1)
                .setEndEpochNanos(2)
                .setHasEnded(true)
                .setAttributes(attributes)
                .setTotalAttributeCount(attributes.size())
                .build();
    }

    private static Style style(int count, int length, boolean eventName, Map<String, String> spanAttributes) {
        return new Style(
                Optional.empty(),
                Optional.empty(),
                Style.LateLogs.RESTAMP,
                count,
                length,
                0,
                eventName,
                spanAttributes,
                List.of(),
                Optional.empty());
    }

    private static Map<String, String> texts(List<KeyValue> attributes) {
        Map<String, String> texts = new TreeMap<>();
        attributes.forEach(
                attribute -> texts.put(attribute.getKey(), attribute.getValue().getStringValue()));
        return texts;
    }
}
