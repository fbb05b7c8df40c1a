package dev.cxotel.bridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "460000000000 | 460000000000",
                "\"460000000000\" | 460000000000",
                "\" 460000000000 \" | 460000000000",
                "4.6E11 | 460000000000",
                "460000000000.0 | 460000000000",
                "\"00017\" | 17",
                "9007199254740993 | 9007199254740993",
                "123456789012345678901234567890 | 123456789012345678901234567890",
                "0 | 0",
                "-1 | -1",
                "\"abc\" | abc",
                "true | true",
            })
    void id_anyForm_isOneText(String json, String id) {
        assertThat(JsonValues.id(json(json))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"\"", "\"  \""})
    void text_nothing_isNull(String json) {
        assertThat(JsonValues.text(json(json))).isNull();
        assertThat(JsonValues.id(json(json))).isNull();
        assertThat(JsonValues.number(json(json))).isNull();
        assertThat(JsonValues.flag(json(json))).isNull();
    }

    @Test
    void id_exponentThatWouldFillTheMemory_staysShort() {
        assertThat(JsonValues.id(json("1E+999999999"))).hasSizeLessThan(20);
        assertThat(JsonValues.number(json("1E+999999999"))).isNull();
        assertThat(JsonValues.number(json("\"1E-999999999\""))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[1]", "true", "\"4,2\"", "\"NaN\"", "\"0x10\""})
    void number_noNumber_isNull(String json) {
        assertThat(JsonValues.number(json(json))).isNull();
    }

    @ParameterizedTest
    @CsvSource({"true, true", "1, true", "'\"Yes\"', true", "false, false", "0, false", "'\"N\"', false"})
    void flag_anyForm_isBoolean(String json, boolean flag) {
        assertThat(JsonValues.flag(json(json))).isEqualTo(flag);
    }

    private static JsonNode json(String text) {
        try {
            return JsonMapper.builder()
                    .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                    .build()
                    .readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
