package dev.cxotel.bridge.voicequality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.mapping.AttributeRule;
import dev.cxotel.bridge.signal.BodyDecoding;
import dev.cxotel.semconv.PayloadField;
import dev.cxotel.semconv.PayloadFields;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecordDecoderTest {

    private final RecordDecoder decoder = new RecordDecoder(ZoneOffset.UTC, AttributeRule.NONE);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"AvgMos\":null}",
                "{\"avgmos\":4}",
                "{\"ContactId\":1,\"DataSource\":\"x\"}",
                "{\"CONTACTID\":1,\"startDateTime\":null}",
            })
    void recognises_fieldsOfARecord(String json) {
        assertThat(RecordDecoder.recognises(json(json))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "1",
                "\"AvgMos\"",
                "{\"ContactId\":1}",
                "{\"DataSource\":\"x\"}",
                "{\"contactId\":\"1\",\"messageId\":\"m\",\"apiEndpoint\":\"x\",\"dateTime\":\"x\"}",
                "{\"source\":\"x\",\"event\":\"x\",\"metadata\":\"[]\"}",
            })
    void recognises_otherDocuments_not(String json) {
        assertThat(RecordDecoder.recognises(json(json))).isFalse();
    }

    @Test
    void decode_everyFieldOfTheRegistry_isKnown() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        for (PayloadField field : PayloadFields.VOICE_QUALITY) {
            document.putNull(field.field());
        }
        assertThat(document).hasSize(48);
        assertThat(decode(document).findings()).isEmpty();
    }

    @Test
    void decode_hostileFieldNames_areReportedSafelyAndBounded() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("AvgMos", 4);
        document.put("john.doe@example.com\n" + "x".repeat(500), 1);
        for (int i = 0; i < 500; i++) {
            document.put("Field" + i, i);
        }
        assertThat(decode(document).findings()).hasSize(100).allSatisfy(finding -> assertThat(finding.field())
                .hasSizeLessThanOrEqualTo(64)
                .matches("[A-Za-z0-9_./?-]+"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"soon\"", "1711461461727", "true", "{}", "[\"2024-03-26T13:57:41Z\"]"})
    void decode_unreadableTime_isUnreadableWithoutItsValue(String time) {
        JsonNode document = json("{\"AvgMos\":4,\"StartDateTime\":" + time + "}");
        Decoding.Decoded decoded = decode(document);
        assertThat(decoded.events()).isEmpty();
        assertThat(decoded.unreadable()).singleElement().satisfies(part -> {
            assertThat(part.reason()).isEqualTo("unreadable_time");
            assertThat(part.detail()).isEqualTo("The field StartDateTime is no ISO 8601 time.");
        });
    }

    @Test
    void identity_otherFigure_isSimilar() {
        Identity first = identity("{\"ContactId\":1,\"AvgMos\":4.0}");
        Identity second = identity("{\"ContactId\":\"1\",\"AvgMos\":4.1}");
        assertThat(second.key()).isEqualTo(first.key());
        assertThat(second.content()).isNotEqualTo(first.content());
        assertThat(first.onChange()).isEqualTo(Identity.OnChange.SIMILAR);
    }

    @Test
    void identity_valuesThatRunTogether_areDifferentKeys() {
        assertThat(identity("{\"BusinessUnit\":\"1\",\"ContactId\":\"23\",\"AvgMos\":4}")
                        .key())
                .isNotEqualTo(identity("{\"BusinessUnit\":\"12\",\"ContactId\":\"3\",\"AvgMos\":4}")
                        .key());
    }

    @Test
    void decode_twoSpellingsOfAField_takesTheExactOne() {
        Decoding.Decoded decoded = decode(json("{\"datasource\":\"wrong\",\"AvgMos\":4,\"DataSource\":\"right\"}"));
        VoiceQualityRecord leg =
                (VoiceQualityRecord) decoded.events().getFirst().payload();
        assertThat(leg.dataSource()).isEqualTo("right");
        assertThat(leg.unmapped().has("datasource")).isTrue();
    }

    private Identity identity(String json) {
        return decode(json(json)).events().getFirst().identity();
    }

    private Decoding.Decoded decode(JsonNode document) {
        BodyDecoding body = new BodyDecoding(Hash.of("body"));
        decoder.decode(document, body);
        return body.toDecoded();
    }

    private static JsonNode json(String text) {
        try {
            return new JsonMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
