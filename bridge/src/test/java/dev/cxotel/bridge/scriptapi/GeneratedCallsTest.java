package dev.cxotel.bridge.scriptapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.signal.Slices;
import dev.cxotel.semconv.CoreAttributes;
import dev.cxotel.semconv.CxoneAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pair of fields of a call in every pair of states, with facts by rule: a present field gives its attributes,
 * whether number or text; an absent, null, blank or sentinel one gives none, and no field depends on another.
 */
class GeneratedCallsTest {

    private static final Instant RECEIVED = Instant.parse("2023-04-21T11:20:25Z");

    /** A field with a value, what is as good as absent in it, and the attributes that it alone gives. */
    record Given(String field, String value, @Nullable String sentinel, Map<? extends AttributeKey<?>, ?> attributes) {}

    private static final List<Given> FIELDS = List.of(
            given("busNo", "4600000", null, CxoneAttributes.CXONE_BUSINESS_UNIT_ID),
            given("messageId", "17", "00000000-0000-0000-0000-000000000000", CxoneAttributes.CXONE_MESSAGE_ID),
            given("contactId", "460000000000", "-1", CxoneAttributes.CXONE_CONTACT_ID),
            given("masterContactId", "460000000001", "0", CxoneAttributes.CXONE_CONTACT_MASTER_ID),
            given("scriptId/version", "130000000", null, CxoneAttributes.CXONE_SCRIPT_ID),
            given("scriptName", "1", null, CxoneAttributes.CXONE_SCRIPT_NAME),
            given("actionId", "40", null, CxoneAttributes.CXONE_ACTION_ID),
            given("actionName", "2", null, CxoneAttributes.CXONE_ACTION_NAME),
            given("actionLabel", "3", null, CxoneAttributes.CXONE_ACTION_LABEL),
            given("apiResponseMessage", "4", null, CxoneAttributes.CXONE_API_RESPONSE_MESSAGE),
            new Given(
                    "apiResponseCode",
                    "200",
                    null,
                    Map.of(
                            CxoneAttributes.CXONE_API_RESPONSE_CODE,
                            "200",
                            CoreAttributes.HTTP_RESPONSE_STATUS_CODE,
                            200L)));

    private final ScriptApiSlice slice = new ScriptApiSlice(
            MappingConfig.DEFAULT,
            Map.of(),
            new Resources(ResourceConfig.DEFAULT, MappingConfig.DEFAULT, Map.of(), "test"));

    private enum State {
        NUMBER,
        TEXT,
        PADDED,
        ABSENT,
        NULL,
        BLANK,
        SENTINEL;

        boolean present() {
            return this == NUMBER || this == TEXT || this == PADDED;
        }
    }

    static Stream<Arguments> pairs() {
        return FIELDS.stream().flatMap(one -> FIELDS.stream()
                .filter(other -> FIELDS.indexOf(one) < FIELDS.indexOf(other))
                .map(other -> Arguments.of(one, other)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void span_everyPairOfStates_followsTheRule(Given one, Given other) {
        for (State stateOfOne : State.values()) {
            for (State stateOfOther : State.values()) {
                check(Map.of(one, stateOfOne, other, stateOfOther));
            }
        }
    }

    private void check(Map<Given, State> states) {
        ObjectNode entry = JsonNodeFactory.instance.objectNode();
        // What makes any object a call, and gives no attribute.
        entry.put("responseTime", "1").put("apiEndpoint", " ");
        Map<String, Object> expected = new TreeMap<>();
        states.forEach((given, state) -> {
            put(entry, given, state);
            if (state.present()) {
                given.attributes().forEach((key, value) -> expected.put(key.getKey(), value));
            }
        });
        Map<String, Object> actual = new TreeMap<>();
        attributes(entry).forEach((key, value) -> actual.put(key.getKey(), value));
        actual.keySet().removeAll(List.of("http.request.method", "cxone.time_source"));
        assertThat(actual).as(entry.toString()).isEqualTo(expected);
    }

    private Attributes attributes(ObjectNode entry) {
        Bytes body = Bytes.utf8(entry.toString());
        Decoding.Decoded decoded = (Decoding.Decoded) new Slices(List.of(slice)).decode(body);
        assertThat(decoded.unreadable()).isEmpty();
        Event event = decoded.events().getFirst();
        return slice.span(event, new Arrival("scripts", RECEIVED, Hash.of("body"), 0))
                .orElseThrow()
                .getAttributes();
    }

    private static void put(ObjectNode entry, Given given, State state) {
        switch (state) {
            case NUMBER -> entry.put(given.field(), Long.parseLong(given.value()));
            case TEXT -> entry.put(given.field(), given.value());
            case PADDED -> entry.put(given.field(), " " + given.value() + "\t");
            case ABSENT -> {}
            case NULL -> entry.putNull(given.field());
            case BLANK -> entry.put(given.field(), "  ");
            case SENTINEL -> {
                if (given.sentinel() != null) {
                    entry.put(given.field(), given.sentinel());
                }
            }
        }
    }

    private static Given given(String field, String value, @Nullable String sentinel, AttributeKey<String> attribute) {
        Map<AttributeKey<?>, Object> attributes = new LinkedHashMap<>();
        attributes.put(attribute, value);
        return new Given(field, value, sentinel, attributes);
    }
}
