package dev.cxotel.bridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.signal.Scope;
import dev.cxotel.semconv.CoreAttributes;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.CxoneMetrics;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.resources.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResourcesTest {

    private final Resources resources = new Resources(
            new ResourceConfig(Map.of("deployment.environment.name", "production", "service.name", "wrong")),
            MappingConfig.DEFAULT,
            Map.of("voice", Map.of("deployment.environment.name", "staging")),
            "journal-1");

    @Test
    void of_kind_namesTheService() {
        Resource studio = resources.of(ServiceKind.STUDIO, "scripts");
        assertThat(studio.getAttributes().asMap())
                .containsEntry(AttributeKey.stringKey("service.name"), "cxone-studio")
                .containsEntry(AttributeKey.stringKey("service.namespace"), "cxone")
                .containsEntry(AttributeKey.stringKey("service.instance.id"), "journal-1")
                .containsEntry(AttributeKey.stringKey("deployment.environment.name"), "production");
        assertThat(studio.getSchemaUrl()).isEqualTo(Scope.SCHEMA_URL);
    }

    @Test
    void of_subscriptionWithAttributes_hasThem() {
        assertThat(resources
                        .of(ServiceKind.VOICE, "voice")
                        .getAttribute(AttributeKey.stringKey("deployment.environment.name")))
                .isEqualTo("staging");
    }

    @Test
    void of_same_isTheSameObject() {
        assertThat(resources.of(ServiceKind.VOICE, "voice")).isSameAs(resources.of(ServiceKind.VOICE, "voice"));
        assertThat(resources.of(ServiceKind.STUDIO, "a")).isSameAs(resources.of(ServiceKind.STUDIO, "b"));
    }

    @Test
    void scope_version_isThePoms() throws IOException {
        assertThat(Files.readString(Path.of("..", "pom.xml"))).contains("<version>" + Scope.VERSION + "</version>");
    }

    @Test
    void reduce_eventAttributes_leavesTheAllowList() {
        Attributes event = Attributes.of(
                CxoneAttributes.CXONE_DATA_SOURCE,
                "SBC",
                CxoneAttributes.CXONE_AGENT_ID,
                "7",
                CxoneAttributes.CXONE_TEAM_NAME,
                "T",
                CoreAttributes.GEO_COUNTRY_ISO_CODE,
                "GB");
        assertThat(new MetricAttributes(MappingConfig.DEFAULT).reduce(CxoneMetrics.CXONE_VOICE_MOS, event))
                .isEqualTo(Attributes.of(
                        CxoneAttributes.CXONE_DATA_SOURCE, "SBC", CoreAttributes.GEO_COUNTRY_ISO_CODE, "GB"));
    }
}
