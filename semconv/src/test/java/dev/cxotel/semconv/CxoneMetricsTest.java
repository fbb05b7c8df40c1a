package dev.cxotel.semconv;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CxoneMetricsTest {

    private static final String[] OPTIONAL = {
        "cxone.team.name",
        "cxone.cluster.id",
        "network.transport",
        "cxone.agent.console.type",
        "user_agent.os.name",
        "user_agent.name",
        "cxone.network.isp.name",
        "cxone.poc.name",
        "cxone.call.disposition",
        "cxone.call.disconnect.reason"
    };

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            cxone.voice.mos             | {score} | 1.5 2 2.5 3 3.1 3.5 3.6 4 4.2 4.3 4.4 4.5 5
            cxone.voice.r_factor        | {score} | 50 60 70 80 90 94 100
            cxone.voice.call_score      | {score} | 1 2 3 3.5 4 4.5 5 7.5 10
            cxone.voice.jitter          | s       | .005 .01 .02 .03 .04 .06 .1 .2 .5
            cxone.voice.packet_loss     | 1       | 0 .001 .005 .01 .025 .05 .1 .2 .5
            cxone.voice.rtt             | s       | .05 .1 .15 .2 .3 .4 .5 1 2
            cxone.voice.bitrate         | bit/s   | 8e3 16e3 24e3 32e3 48e3 64e3 96e3
            cxone.voice.setup.duration  | s       | .1 .25 .5 .75 1 1.5 2 3 5 10
            cxone.voice.call.duration   | s       | 5 15 30 60 120 300 600 1200 3600
            cxone.voice.ring.duration   | s       | 1 2 5 10 15 20 30 45 60 120
            cxone.script.api.duration   | s       | .005 .01 .025 .05 .1 .25 .5 .75 1 2.5 5 7.5 10 15 30 60 90 120
            """)
    void histogram_unitAndBounds_asAgreed(String name, String unit, String bounds) {
        MetricDefinition metric = metric(name);

        assertThat(metric.instrument()).isEqualTo(MetricDefinition.Instrument.HISTOGRAM);
        assertThat(metric.unit()).isEqualTo(unit);
        assertThat(metric.bounds())
                .isEqualTo(
                        List.of(bounds.split(" ")).stream().map(Double::valueOf).toList());
    }

    @Test
    void voiceHistograms_attributes_fewByDefault() {
        List<MetricDefinition> histograms = CxoneMetrics.ALL.stream()
                .filter(metric -> metric.name().startsWith("cxone.voice."))
                .filter(metric -> metric.instrument() == MetricDefinition.Instrument.HISTOGRAM)
                .toList();

        assertThat(histograms).hasSize(10).allSatisfy(metric -> {
            assertThat(keys(metric.attributes()))
                    .containsExactlyInAnyOrder(
                            "cxone.business_unit.id",
                            "cxone.data_source",
                            "cxone.call.line_type",
                            "cxone.call.direction",
                            "cxone.webrtc.connection_type",
                            "geo.country.iso_code");
            assertThat(keys(metric.optionalAttributes()))
                    .contains(OPTIONAL)
                    .contains("cxone.skill.name", "cxone.voice.quality.verdict", "cxone.voice.quality.reason")
                    .hasSize(OPTIONAL.length + 3);
        });
    }

    @Test
    void voiceRecords_attributes_verdictAndSkillByDefault() {
        MetricDefinition records = CxoneMetrics.CXONE_VOICE_RECORDS;

        assertThat(records.instrument()).isEqualTo(MetricDefinition.Instrument.COUNTER);
        assertThat(records.unit()).isEqualTo("{record}");
        assertThat(keys(records.attributes()))
                .containsExactlyInAnyOrder(
                        "cxone.business_unit.id",
                        "cxone.data_source",
                        "cxone.call.line_type",
                        "cxone.call.direction",
                        "cxone.skill.name",
                        "cxone.voice.quality.verdict",
                        "cxone.voice.quality.reason");
        assertThat(keys(records.optionalAttributes()))
                .contains(OPTIONAL)
                .contains("cxone.webrtc.connection_type", "geo.country.iso_code")
                .hasSize(OPTIONAL.length + 2);
    }

    @Test
    void scriptApiDuration_attributes_asAgreed() {
        assertThat(keys(CxoneMetrics.CXONE_SCRIPT_API_DURATION.attributes()))
                .containsExactlyInAnyOrder(
                        "cxone.business_unit.id",
                        "cxone.script.name",
                        "cxone.action.name",
                        "server.address",
                        "http.response.status_code",
                        "error.type");
    }

    @ParameterizedTest
    @CsvSource({"cxone.contact.active,{contact}", "cxone.script.active,{script}", "cxone.action.active,{action}"})
    void volume_isGaugeWithoutDefaultAttributes(String name, String unit) {
        MetricDefinition metric = metric(name);

        assertThat(metric.instrument()).isEqualTo(MetricDefinition.Instrument.GAUGE);
        assertThat(metric.unit()).isEqualTo(unit);
        assertThat(metric.attributes()).isEmpty();
    }

    @Test
    void offByDefault_onlyRinging() {
        assertThat(CxoneMetrics.OFF_BY_DEFAULT).containsExactly(CxoneMetrics.CXONE_VOICE_RING_DURATION);
    }

    /** No person, contact or number may multiply series or reach a metrics backend, not even by configuration. */
    @Test
    void metrics_identifiersAndPersonalData_neverOffered() {
        List<AttributeKey<?>> barred = PayloadFields.VOICE_QUALITY.stream()
                .filter(field -> field.privacy() == PrivacyClass.IDENTIFIER
                        || field.privacy() == PrivacyClass.PERSONAL
                        || field.privacy() == PrivacyClass.LOCATION)
                .<AttributeKey<?>>flatMap(field -> field.attributes().stream())
                .toList();

        assertThat(barred).hasSize(8);
        assertThat(CxoneMetrics.ALL).allSatisfy(metric -> {
            assertThat(metric.attributes()).doesNotContainAnyElementsOf(barred);
            assertThat(metric.optionalAttributes()).doesNotContainAnyElementsOf(barred);
        });
    }

    private static MetricDefinition metric(String name) {
        return CxoneMetrics.ALL.stream()
                .filter(metric -> metric.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<String> keys(List<AttributeKey<?>> keys) {
        return keys.stream().map(AttributeKey::getKey).toList();
    }
}
