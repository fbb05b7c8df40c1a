package dev.cxotel.bridge.voicequality;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.semconv.PayloadField;
import dev.cxotel.semconv.PayloadFields;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Whatever comes is decoded and mapped without an exception, twice alike, within the limits. */
class VoiceQualityFuzzTest {

    private static final Instant RECEIVED = Instant.parse("2024-03-26T14:00:00Z");

    private final VoiceQualitySlice slice = new VoiceQualitySlice(
            MappingConfig.DEFAULT, new Resources(ResourceConfig.DEFAULT, MappingConfig.DEFAULT, Map.of(), "test"));

    private final Slices slices = new Slices(List.of(slice));

    @FuzzTest(maxDuration = "15m")
    void decode_anyBytes_isAnswered(byte[] bytes) {
        Bytes body = Bytes.copyOf(bytes);
        Decoding decoding = slices.decode(body);
        assertThat(slices.decode(body)).isEqualTo(decoding);
        if (decoding instanceof Decoding.Decoded decoded) {
            assertThat(decoded.unreadable()).extracting(Unreadable::reason).doesNotContain("decoder_bug");
            decoded.events().forEach(event -> check(event, body));
        }
    }

    @FuzzTest(maxDuration = "15m")
    void map_anyFieldValues_isAnswered(FuzzedDataProvider data) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putNull("AvgMos");
        for (PayloadField field : PayloadFields.VOICE_QUALITY) {
            switch (data.consumeInt(0, 6)) {
                case 0 -> document.put(field.field(), data.consumeString(40));
                case 1 -> document.put(field.field(), data.consumeLong());
                case 2 -> document.put(field.field(), data.consumeDouble());
                case 3 -> document.put(field.field(), data.consumeBoolean());
                case 4 -> document.putNull(field.field());
                case 5 -> document.putObject(field.field()).put(data.consumeString(10), data.consumeInt());
                default -> {}
            }
        }
        Bytes body = Bytes.utf8(document.toString());
        if (slices.decode(body) instanceof Decoding.Decoded decoded) {
            assertThat(decoded.unreadable()).extracting(Unreadable::reason).doesNotContain("decoder_bug");
            decoded.events().forEach(event -> check(event, body));
        }
    }

    private void check(Event event, Bytes body) {
        Arrival arrival = new Arrival("voice", RECEIVED, body.sha256(), 0);
        SpanData span = slice.span(event, arrival).orElseThrow();
        assertThat(span.getSpanContext().isValid()).isTrue();
        assertThat(span.getStartEpochNanos()).isBetween(0L, span.getEndEpochNanos());
        assertThat(texts(span.getAttributes())).allMatch(text -> text.length() <= LegAttributes.LONGEST_JSON);
        assertThat(slice.log(event, arrival).orElseThrow().getSpanContext()).isEqualTo(span.getSpanContext());
        assertThat(slice.measurements(event, arrival))
                .extracting(Measurement::value)
                .allMatch(value -> Double.isFinite(value) && value >= 0);
        assertThat(slice.inspect(event, arrival)).isNotNull();
        assertThat(slice.eventTime(event, arrival)).isNotNull();
    }

    private static List<String> texts(Attributes attributes) {
        return attributes.asMap().values().stream().map(Object::toString).toList();
    }
}
