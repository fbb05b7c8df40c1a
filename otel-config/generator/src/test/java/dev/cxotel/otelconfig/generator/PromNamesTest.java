package dev.cxotel.otelconfig.generator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The names that Prometheus' own translator gives; those of data also stand in the test against a real Prometheus. */
class PromNamesTest {

    @ParameterizedTest
    @CsvSource({
        "cxone.voice.mos, cxone_voice_mos",
        "cxone.voice.jitter, cxone_voice_jitter_seconds",
        "cxone.voice.packet_loss, cxone_voice_packet_loss",
        "cxone.voice.bitrate, cxone_voice_bitrate_bit_per_second",
        "cxone.voice.records, cxone_voice_records_total",
        "cxone.script.api.duration, cxone_script_api_duration_seconds",
        "cxone.contact.active, cxone_contact_active",
        "cxotel.journal.size, cxotel_journal_size_bytes",
        "cxotel.journal.backlog.usage, cxotel_journal_backlog_usage_ratio",
        "cxotel.receiver.deliveries, cxotel_receiver_deliveries_total",
    })
    void metric_ofEachKindAndUnit_isPrometheusName(String metric, String name) {
        assertThat(PromNames.metric(new Vocabulary().metric(metric).orElseThrow()))
                .isEqualTo(name);
    }

    @Test
    void label_ofAnAttribute_hasUnderscores() {
        assertThat(PromNames.label("geo.country.iso_code")).isEqualTo("geo_country_iso_code");
    }
}
