package dev.cxotel.bridge.voicequality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.signal.BodyDecoding;
import dev.cxotel.bridge.signal.Measurement;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pair of figures in every pair of states, with facts by rule: a present figure is measured in its unit, an absent,
 * null or sentinel one is not, and a figure never depends on another.
 */
class GeneratedRecordsTest {

    private static final Instant RECEIVED = Instant.parse("2024-03-26T14:00:00Z");
    private static final Arrival ARRIVAL = new Arrival("voice", RECEIVED, Hash.of("body"), 0);

    /** A figure as it comes and as it must be exported. */
    private static final Map<Quantity, String> PRESENT = new EnumMap<>(Map.of(
            Quantity.MOS,
            "4.3",
            Quantity.R_FACTOR,
            "91.5",
            Quantity.CALL_SCORE,
            "4.5",
            Quantity.JITTER,
            "13",
            Quantity.RTT,
            "85",
            Quantity.PACKET_LOSS,
            "0.25",
            Quantity.BITRATE,
            "31.5",
            Quantity.SETUP,
            "640",
            Quantity.CALL_DURATION,
            "182",
            Quantity.RING,
            "4"));

    private static final Map<Quantity, Double> EXPORTED = new EnumMap<>(Map.of(
            Quantity.MOS,
            4.3,
            Quantity.R_FACTOR,
            91.5,
            Quantity.CALL_SCORE,
            4.5,
            Quantity.JITTER,
            0.013,
            Quantity.RTT,
            0.085,
            Quantity.PACKET_LOSS,
            0.0025,
            Quantity.BITRATE,
            31_500.0,
            Quantity.SETUP,
            0.64,
            Quantity.CALL_DURATION,
            182.0,
            Quantity.RING,
            4.0));

    private final VoiceQualitySlice slice = new VoiceQualitySlice(
            MappingConfig.DEFAULT, new Resources(ResourceConfig.DEFAULT, MappingConfig.DEFAULT, Map.of(), "test"));

    private enum State {
        NUMBER,
        TEXT,
        ABSENT,
        NULL,
        BLANK,
        SENTINEL,
        WORD;

        boolean measured() {
            return this == NUMBER || this == TEXT;
        }

        boolean reported() {
            return this == SENTINEL || this == WORD;
        }
    }

    static Stream<Arguments> pairs() {
        List<Quantity> quantities = List.of(Quantity.values());
        return quantities.stream().flatMap(one -> quantities.stream()
                .filter(other -> one.compareTo(other) < 0)
                .map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void measurements_everyPairOfStates_followTheRule(Quantity one, Quantity other) {
        for (State stateOfOne : State.values()) {
            for (State stateOfOther : State.values()) {
                check(Map.of(one, stateOfOne, other, stateOfOther));
            }
        }
    }

    private void check(Map<Quantity, State> states) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("ContactId", 7);
        document.put("DataSource", "SBC");
        Map<String, Double> expected = new TreeMap<>();
        for (Quantity quantity : Quantity.values()) {
            State state = states.getOrDefault(quantity, State.NUMBER);
            write(document, quantity, state);
            if (state.measured()) {
                expected.put(quantity.metric().name(), EXPORTED.get(quantity));
            }
        }
        Event event = decode(document);
        SpanData span = slice.span(event, ARRIVAL).orElseThrow();
        assertThat(figures(span.getAttributes())).as("span for %s", states).isEqualTo(expected);
        assertThat(slice.log(event, ARRIVAL).orElseThrow().getAttributes()).isEqualTo(span.getAttributes());
        expected.remove("cxone.voice.ring.duration");
        expected.put("cxone.voice.records", 1.0);
        assertThat(slice.measurements(event, ARRIVAL).stream()
                        .collect(Collectors.toMap(found -> found.metric().name(), Measurement::value)))
                .as("metrics for %s", states)
                .isEqualTo(expected);
        assertThat(slice.inspect(event, ARRIVAL).findings().stream()
                        .filter(finding -> finding.kind() == Finding.Kind.MISSING)
                        .map(Finding::field))
                .as("findings for %s", states)
                .containsExactlyInAnyOrderElementsOf(states.entrySet().stream()
                        .filter(state -> state.getValue().reported())
                        .map(state -> state.getKey().field())
                        .toList());
    }

    private static void write(ObjectNode document, Quantity quantity, State state) {
        String present = PRESENT.getOrDefault(quantity, "");
        switch (state) {
            case NUMBER -> document.put(quantity.field(), new java.math.BigDecimal(present));
            case TEXT -> document.put(quantity.field(), present);
            case ABSENT -> {}
            case NULL -> document.putNull(quantity.field());
            case BLANK -> document.put(quantity.field(), " ");
            case SENTINEL -> document.put(quantity.field(), -1);
            case WORD -> document.put(quantity.field(), "n/a");
        }
    }

    private Event decode(ObjectNode document) {
        BodyDecoding body = new BodyDecoding(Hash.of("body"));
        slice.decode(document, body);
        return body.toDecoded().events().getFirst();
    }

    private static Map<String, Double> figures(Attributes attributes) {
        return Stream.of(Quantity.values())
                .filter(quantity -> attributes.get(quantity.attribute()) != null)
                .collect(Collectors.toMap(
                        quantity -> quantity.attribute().getKey(),
                        quantity -> java.util.Objects.requireNonNull(attributes.get(quantity.attribute())),
                        (first, second) -> first,
                        TreeMap::new));
    }
}
