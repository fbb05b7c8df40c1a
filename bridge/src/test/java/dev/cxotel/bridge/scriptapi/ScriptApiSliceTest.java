package dev.cxotel.bridge.scriptapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.event.Ids;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.signal.Slices;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptApiSliceTest {

    private static final Instant RECEIVED = Instant.parse("2023-04-21T11:20:23Z");

    private final ScriptApiSlice slice = new ScriptApiSlice(
            MappingConfig.DEFAULT,
            Map.of("denver", ZoneId.of("America/Denver")),
            new Resources(ResourceConfig.DEFAULT, MappingConfig.DEFAULT, Map.of(), "test"));
    private final Slices slices = new Slices(List.of(slice));

    @Test
    void decode_sameEntryInAnotherOrderAndBody_isTheSameContent() {
        String first = entry("\"busNo\":\"1\",\"messageId\":\"a\",\"actionName\":\"x\"");
        String second = entry("\"busNo\":\"1\",\"messageId\":\"b\",\"actionName\":\"x\"");
        List<Identity> once = identities("[" + first + "," + second + "]");
        List<Identity> again = identities("{\"event\":\"SCRIPT_API_MONITORING \",\"timestamp\":\"later\",\"metadata\":["
                + second + ", " + first + "]}");
        assertThat(again).containsExactlyInAnyOrderElementsOf(once);
    }

    @Test
    void decode_requestAndResponseWithOneMessageId_areRevisionsOfOneKey() {
        Identity request = identity(entry("\"busNo\":\"1\",\"messageId\":\"a\""));
        Identity response = identity(entry("\"busNo\":\"1\",\"messageId\":\"a\",\"apiResponseCode\":\"200\""));
        assertThat(response.key()).isEqualTo(request.key());
        assertThat(response.content()).isNotEqualTo(request.content());
        assertThat(response.onChange()).isEqualTo(Identity.OnChange.REVISION);
    }

    @Test
    void decode_messageIdOfAnotherBusinessUnit_isAnotherKey() {
        assertThat(identity(entry("\"busNo\":\"1\",\"messageId\":\"a\"")).key())
                .isNotEqualTo(
                        identity(entry("\"busNo\":\"2\",\"messageId\":\"a\"")).key());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"messageId\":null", "\"messageId\":\"00000000-0000-0000-0000-000000000000\""})
    void decode_withoutMessageId_onlyTheSameBodyIsARepeat(String messageId) {
        String entry =
                "{\"actionName\":\"x\",\"scriptName\":\"y\"" + (messageId.isEmpty() ? "" : "," + messageId) + "}";
        String body = "[" + entry + "," + entry + "]";
        List<Identity> identities = identities(body);
        assertThat(identities.getFirst()).isNotEqualTo(identities.getLast());
        assertThat(identities(body)).isEqualTo(identities);
        assertThat(identities(body + " ")).doesNotContainAnyElementsOf(identities);
    }

    @Test
    void decode_idsAsNumbers_keepEveryDigit() {
        ScriptApiCall call =
                call("{\"busNo\":4600000,\"messageId\":12,\"contactId\":90071992547409931234,\"actionId\":40.0}");
        assertThat(call.businessUnit()).isEqualTo("4600000");
        assertThat(call.messageId()).isEqualTo("12");
        assertThat(call.contactId()).isEqualTo("90071992547409931234");
        assertThat(call.actionId()).isEqualTo("40");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            delimiter = '|',
            value = {
                "~scriptId/version~:~130000000~ | 130000000 | -",
                "~scriptId/version~:~130000000/7~ | 130000000 | 7",
                "~scriptId/version~:~ 130000000 / 7 ~ | 130000000 | 7",
                "~scriptId/version~:~130000000/~ | 130000000 | -",
                "~scriptId/version~:130000000 | 130000000 | -",
                "~scriptId~:130000000,~version~:7 | 130000000 | 7",
                "~scriptId/version~:~~,~scriptId~:~13/7~ | 13 | 7",
                "~SCRIPTID/VERSION~:~13/7~ | 13 | 7",
            })
    void decode_scriptIdAndVersion(String fields, String id, @Nullable String version) {
        ScriptApiCall call = call("{\"busNo\":\"1\",\"scriptName\":\"s\"," + fields.replace('~', '"') + "}");
        assertThat(call.scriptId()).isEqualTo(id);
        assertThat(call.scriptVersion()).isEqualTo(version);
    }

    @Test
    void decode_unreadableTime_costsOnlyItsEntry() {
        Decoding.Decoded decoded = decode("[" + entry("\"messageId\":\"a\"") + ","
                + entry("\"messageId\":\"b\",\"dateTime\":\"yesterday\"") + "," + entry("\"messageId\":\"c\"") + "]");
        assertThat(decoded.events()).extracting(Event::index).containsExactly(0, 2);
        assertThat(decoded.unreadable())
                .containsExactly(new Unreadable(1, "unreadable_time", "dateTime is in no form that is understood."));
    }

    @Test
    void decode_unknownField_isReportedByName() {
        Decoding.Decoded decoded = decode(entry("\"messageId\":\"a\",\"customerEmail\":\"a@example.com\""));
        assertThat(decoded.findings())
                .extracting(Finding::kind, Finding::field)
                .containsExactly(org.assertj.core.groups.Tuple.tuple(Finding.Kind.UNKNOWN_FIELD, "customerEmail"));
    }

    @Test
    void recognises_voiceRecord_isFalse() {
        assertThat(decode("{\"ContactId\":1,\"MasterContactId\":1,\"BusinessUnit\":1}")
                        .unreadable())
                .extracting(Unreadable::reason)
                .containsExactly("unknown_type");
    }

    @Test
    void span_zoneOfTheSubscription_counts() {
        Event event =
                event(entry("\"messageId\":\"a\",\"dateTime\":\"4/21/2023 5:20:20 AM\",\"responseTime\":\"1.5\""));
        SpanData span = slice.span(event, arrival("denver", 0)).orElseThrow();
        assertThat(instant(span.getEndEpochNanos())).isEqualTo("2023-04-21T11:20:20Z");
        assertThat(instant(span.getStartEpochNanos())).isEqualTo("2023-04-21T11:20:18.500Z");
        assertThat(slice.eventTime(event, arrival("denver", 0))).contains(span.getEndEpochNanos());
        SpanData other = slice.span(event, arrival("elsewhere", 0)).orElseThrow();
        assertThat(instant(other.getEndEpochNanos())).isEqualTo("2023-04-21T05:20:20Z");
    }

    @Test
    void span_revision_hasItsContentInTheId() {
        Event event = event(entry("\"busNo\":\"1\",\"messageId\":\"a\""));
        assertThat(spanId(event, 0))
                .isEqualTo(Ids.spanOfScriptCall("1", "a", 0, event.identity().content()));
        assertThat(spanId(event, 1))
                .isEqualTo(Ids.spanOfScriptCall("1", "a", 1, event.identity().content()));
        assertThat(spanId(event, 2)).isEqualTo(spanId(event, 1));
    }

    @ParameterizedTest
    @CsvSource({"4/21/2023 11:22:23 AM, false", "4/21/2023 11:22:24 AM, true", "1/1/0001 12:00:00 AM, true", "'', true"
    })
    void span_timeAheadOrAbsent_isTheReceiveTime(String dateTime, boolean received) {
        Event event = event(entry("\"messageId\":\"a\",\"dateTime\":\"" + dateTime + "\""));
        SpanData span = slice.span(event, arrival("x", 0)).orElseThrow();
        assertThat(instant(span.getEndEpochNanos()).equals(RECEIVED)).isEqualTo(received);
        assertThat(slice.inspect(event, arrival("x", 0)).findings().stream()
                        .anyMatch(finding -> finding.kind() == Finding.Kind.TIME_RECEIVED))
                .isEqualTo(received);
    }

    @Test
    void eventTime_timeAhead_isTheEventsOwn() {
        Event event = event(entry("\"messageId\":\"a\",\"dateTime\":\"2023-04-21T17:20:20Z\""));
        assertThat(slice.eventTime(event, arrival("x", 0)).map(ScriptApiSliceTest::instant))
                .contains(Instant.parse("2023-04-21T17:20:20Z"));
        Event yearOne = event(entry("\"messageId\":\"a\",\"dateTime\":\"0001-01-01T00:00:00\""));
        assertThat(slice.eventTime(yearOne, arrival("x", 0))).isEmpty();
    }

    private String spanId(Event event, int revision) {
        return slice.span(event, arrival("x", revision)).orElseThrow().getSpanId();
    }

    private static Arrival arrival(String subscription, int revision) {
        return new Arrival(subscription, RECEIVED, Bytes.utf8("body").sha256(), revision);
    }

    private static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(0, epochNanos);
    }

    private static String entry(String fields) {
        return "{\"scriptName\":\"s\",\"actionId\":\"4\"," + fields + "}";
    }

    private Identity identity(String body) {
        return event(body).identity();
    }

    private List<Identity> identities(String body) {
        return decode(body).events().stream().map(Event::identity).toList();
    }

    private ScriptApiCall call(String body) {
        assertThat(event(body).payload()).isInstanceOf(ScriptApiCall.class);
        return (ScriptApiCall) event(body).payload();
    }

    private Event event(String body) {
        return decode(body).events().getFirst();
    }

    private Decoding.Decoded decode(String body) {
        Decoding decoding = slices.decode(Bytes.utf8(body));
        assertThat(decoding).isInstanceOf(Decoding.Decoded.class);
        return (Decoding.Decoded) decoding;
    }
}
