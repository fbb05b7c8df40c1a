package dev.cxotel.bridge.signal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.CanonicalJson;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.event.Payload;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.scriptapi.ScriptApiSlice;
import dev.cxotel.bridge.voicequality.VoiceQualitySlice;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SlicesTest {

    private final Slices slices =
            new Slices(List.of(new KeySlice(EventType.VOICE_QUALITY, "v"), new KeySlice(EventType.SCRIPT_API, "s")));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"v\":1},{\"s\":2}]",
                "{\"source\":\"NICE\",\"event\":\"X \",\"timestamp\":\"\",\"metadata\":[{\"v\":1},{\"s\":2}]}",
                "{\"metadata\":\"[{\\\"v\\\":1},{\\\"s\\\":2}]\"}",
                "{\"Metadata \":[\"{\\\"v\\\":1}\",{\"s\":2}]}",
                "[{\"metadata\":{\"v\":1}},{\"metadata\":\"{\\\"s\\\":2}\"}]",
                "\"{\\\"metadata\\\":[{\\\"v\\\":1},{\\\"s\\\":2}]}\"",
                "{\"metadata\":\"[{ \"v\":1 }, { \"s\":2 }]\"}",
            })
    void decode_anyWrapping_findsTheObjects(String body) {
        Decoding.Decoded decoded = decode(body);
        assertThat(decoded.events())
                .extracting(Event::index, Event::type)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(0, EventType.VOICE_QUALITY),
                        org.assertj.core.groups.Tuple.tuple(1, EventType.SCRIPT_API));
        assertThat(decoded.unreadable()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " \n",
                "[]",
                "{\"metadata\":\"\"}",
                "{\"metadata\":\" \"}",
                "{\"metadata\":\"[]\"}",
                "{\"metadata\":\"{}\"}",
                "{\"metadata\":\"null\"}",
                "{\"metadata\":[]}",
                "{\"metadata\":{}}",
                "{\"metadata\":null}",
            })
    void decode_nothingInside_isNoEvent(String body) {
        assertThat(decode(body)).isEqualTo(new Decoding.Decoded(List.of(), List.of(), List.of()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "null", "true", "\"hello\"", "[1]", "{\"metadata\":7}", "{\"metadata\":[null]}"})
    void decode_scalar_isUnreadable(String body) {
        assertThat(decode(body).unreadable()).extracting(Unreadable::reason).containsExactly("not_an_object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"x\":1}", "{\"metadata\":{\"x\":1}}", "{\"metadata\":{\"metadata\":{\"v\":1}}}"})
    void decode_unknownObject_isUnreadable(String body) {
        assertThat(decode(body).unreadable()).extracting(Unreadable::reason).containsExactly("unknown_type");
    }

    @Test
    void decode_brokenEntryInMetadata_costsOnlyItself() {
        Decoding.Decoded decoded = decode("{\"metadata\":\"[{\\\"v\\\":1}, {\\\"v\\\":tru}, {\\\"s\\\":2}]\"}");
        assertThat(decoded.events()).extracting(Event::index).containsExactly(0, 2);
        assertThat(decoded.unreadable()).extracting(Unreadable::index).containsExactly(1);
        assertThat(decoded.unreadable()).extracting(Unreadable::reason).containsExactly("not_json");
    }

    @Test
    void decode_sliceThatThrows_isUnreadableWithoutTheValue() {
        Decoding.Decoded decoded = decode("[{\"v\":\"bug 18015550100\"},{\"s\":2}]");
        assertThat(decoded.events()).hasSize(1);
        assertThat(decoded.unreadable()).hasSize(1);
        assertThat(decoded.unreadable().getFirst().reason()).isEqualTo("decoder_bug");
        assertThat(decoded.unreadable().getFirst().detail())
                .startsWith("voice_quality: IllegalStateException at SlicesTest.java:")
                .doesNotContain("1801");
    }

    @Test
    void decode_notJson_isSaid() {
        assertThat(slices.decode(Bytes.utf8("hello"))).isInstanceOf(Decoding.NotJson.class);
    }

    @Test
    void decode_repairs_areFindings() {
        assertThat(decode("{\"metadata\":\"[{ \"v\":1 }]\"}").findings())
                .extracting(Finding::field)
                .containsExactly("unescaped_quote");
    }

    @ParameterizedTest
    @CsvSource({
        "/payloads/voice-quality-as-printed.json, VOICE_QUALITY",
        "/golden/scriptapi/documented_as_printed/webhook.json, SCRIPT_API"
    })
    void decode_documentedBodyAsPrinted_isTakenForWhatItIs(String resource, EventType type) throws IOException {
        try (InputStream stream = Objects.requireNonNull(SlicesTest.class.getResourceAsStream(resource))) {
            assertThat(real().decode(Bytes.wrap(stream.readAllBytes())))
                    .isInstanceOfSatisfying(Decoding.Decoded.class, decoded -> {
                        assertThat(decoded.unreadable()).isEmpty();
                        assertThat(decoded.events()).extracting(Event::type).containsExactly(type);
                    });
        }
    }

    @Test
    void forType_derivedEvent_hasNoSlice() {
        assertThat(slices.forType(EventType.SCRIPT_API)).isPresent();
        assertThat(slices.forType(EventType.CONTACT)).isEmpty();
    }

    /** No body ends in an exception, and what was decoded can be translated. */
    @FuzzTest(maxDuration = "2m")
    void decode_anyBody_isAnsweredAndTranslated(byte[] bytes) {
        Bytes body = Bytes.copyOf(bytes);
        Slices real = real();
        if (!(real.decode(body) instanceof Decoding.Decoded decoded)) {
            return;
        }
        assertThat(decoded.unreadable()).extracting(Unreadable::reason).doesNotContain("decoder_bug");
        List<Integer> indexes = new ArrayList<>();
        decoded.events().forEach(event -> indexes.add(event.index()));
        decoded.unreadable().forEach(part -> indexes.add(part.index()));
        assertThat(indexes.stream().sorted().toList())
                .isEqualTo(java.util.stream.IntStream.range(0, indexes.size())
                        .boxed()
                        .toList());
        Arrival arrival = new Arrival("fuzz", Instant.parse("2024-04-20T06:13:40Z"), body.sha256(), 0);
        for (Event event : decoded.events()) {
            Slice slice = real.forType(event.type()).orElseThrow();
            SpanData span = slice.span(event, arrival).orElseThrow();
            assertThat(span.getSpanContext().isValid()).isTrue();
            assertThat(span.getStartEpochNanos()).isBetween(0L, span.getEndEpochNanos());
            slice.log(event, arrival);
            slice.inspect(event, arrival);
            slice.eventTime(event, arrival);
            assertThat(slice.measurements(event, arrival))
                    .allSatisfy(measurement -> assertThat(measurement.value()).isFinite());
        }
    }

    private static Slices real() {
        Resources resources = new Resources(ResourceConfig.DEFAULT, MappingConfig.DEFAULT, Map.of(), "test");
        return new Slices(List.of(
                new VoiceQualitySlice(MappingConfig.DEFAULT, resources),
                new ScriptApiSlice(MappingConfig.DEFAULT, Map.of(), resources)));
    }

    private Decoding.Decoded decode(String body) {
        Decoding decoding = slices.decode(Bytes.utf8(body));
        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        return (Decoding.Decoded) decoding;
    }

    /** A slice that recognises an object by one key, and stumbles over the word {@code bug}. */
    private record KeySlice(EventType type, String key) implements Slice {

        private record Nothing() implements Payload {}

        @Override
        public boolean recognises(JsonNode document) {
            return document.has(key);
        }

        @Override
        public void decode(JsonNode document, BodyDecoding body) {
            if (document.path(key).asText().startsWith("bug")) {
                throw new IllegalStateException(document.path(key).asText());
            }
            Hash content = CanonicalJson.hash(document);
            body.event(type, new Identity(content, content, Identity.OnChange.SIMILAR), new Nothing());
        }

        @Override
        public Inspection inspect(Event event, Arrival arrival) {
            return Inspection.NOTHING;
        }

        @Override
        public Optional<Long> eventTime(Event event, Arrival arrival) {
            return Optional.empty();
        }

        @Override
        public Resource resource(Event event, Arrival arrival) {
            return Resource.empty();
        }

        @Override
        public Optional<SpanData> span(Event event, Arrival arrival) {
            return Optional.empty();
        }

        @Override
        public Optional<LogRecordData> log(Event event, Arrival arrival) {
            return Optional.empty();
        }

        @Override
        public List<Measurement> measurements(Event event, Arrival arrival) {
            return List.of();
        }
    }
}
