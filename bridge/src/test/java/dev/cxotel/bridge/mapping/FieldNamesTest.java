package dev.cxotel.bridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldNamesTest {

    @ParameterizedTest
    @ValueSource(strings = {"NewField", "new field", "scriptId/version", "qualité", "_x", "a1234"})
    void reportable_name_isRepeated(String name) {
        assertThat(FieldNames.reportable(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "me@example.com", "+18015550100", "18015550100", "a12345", "x\u001b[2J", "\"", "a\nb"})
    void reportable_anythingElse_isOther(String name) {
        assertThat(FieldNames.reportable(name)).isEqualTo(FieldNames.OTHER);
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 5000})
    void reportable_longName_isOther(int length) {
        assertThat(FieldNames.reportable("x".repeat(length))).isEqualTo(FieldNames.OTHER);
    }
}
