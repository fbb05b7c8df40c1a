package dev.cxotel.bridge.scriptapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.semconv.CoreAttributes;
import dev.cxotel.semconv.CxoneAttributes;
import io.opentelemetry.api.common.Attributes;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpanNameTest {

    @ParameterizedTest
    @MethodSource("placeholders")
    void of_everyPlaceholderThatConfigurationAllows_hasAValue(String placeholder) {
        assertThat(new SpanName("{" + placeholder + "}").of(call()))
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
        assertThat(new SpanName("{server_address}").of(Attributes.empty())).isEqualTo("script api");
    }

    private static Attributes call() {
        return Attributes.builder()
                .put(CxoneAttributes.CXONE_SCRIPT_ID, "script_id")
                .put(CxoneAttributes.CXONE_SCRIPT_VERSION, "script_version")
                .put(CxoneAttributes.CXONE_SCRIPT_NAME, "script_name")
                .put(CxoneAttributes.CXONE_ACTION_ID, "action_id")
                .put(CxoneAttributes.CXONE_ACTION_NAME, "action_name")
                .put(CxoneAttributes.CXONE_ACTION_LABEL, "action_label")
                .put(CxoneAttributes.CXONE_BUSINESS_UNIT_ID, "unit")
                .put(CoreAttributes.SERVER_ADDRESS, "server")
                .build();
    }
}
