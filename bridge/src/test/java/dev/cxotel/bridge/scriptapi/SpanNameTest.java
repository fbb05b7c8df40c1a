package dev.cxotel.bridge.scriptapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.cxotel.bridge.config.MappingConfig;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpanNameTest {

    @ParameterizedTest
    @MethodSource("placeholders")
    void of_everyPlaceholderThatConfigurationAllows_hasAValue(String placeholder) {
        assertThat(new SpanName("{" + placeholder + "}").of(call(), "unit", "server"))
                .isEqualTo(
                        switch (placeholder) {
                            case "business_unit" -> "unit";
                            case "server_address" -> "server";
                            default -> placeholder;
                        });
    }

    static Stream<String> placeholders() {
        return MappingConfig.SPAN_NAME_PLACEHOLDERS.stream();
    }

    @Test
    void of_noValue_hasAFallback() {
        assertThat(new SpanName("{server_address}").of(call(), "unit", null)).isEqualTo("script api");
    }

    private static ScriptApiCall call() {
        return new ScriptApiCall(
                "1",
                "message",
                "7",
                "7",
                "script_id",
                "script_version",
                "script_name",
                "action_id",
                "action_name",
                "action_label",
                null,
                null,
                null,
                null,
                null,
                JsonNodeFactory.instance.objectNode());
    }
}
