package dev.cxotel.semconv;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CxotelMetricsTest {

    /** Name, instrument, unit and attributes without their namespace, in the order of the alphabet. */
    private static final String AGREED = """
            cxotel.certificate.time_left gauge s certificate.use subscription.name
            cxotel.contact.late counter {event} event.type
            cxotel.contacts counter {contact} contact.types
            cxotel.doctor.tests counter {test} test
            cxotel.journal.append.duration histogram s
            cxotel.journal.backlog.usage gauge 1
            cxotel.journal.errors counter {error} reason
            cxotel.journal.group.size histogram {delivery}
            cxotel.journal.lost gauge {event}
            cxotel.journal.max_size gauge By
            cxotel.journal.quarantine.dropped counter {event}
            cxotel.journal.quarantined gauge {event}
            cxotel.journal.size gauge By
            cxotel.journal.wal.size gauge By
            cxotel.ledger.difference gauge {event}
            cxotel.limits.truncated counter {attribute} field destination.name
            cxotel.pipeline.clock.skew gauge s destination.name
            cxotel.pipeline.events counter {event} destination.name signal outcome reason
            cxotel.pipeline.export.duration histogram s destination.name signal result http.response.status_code
            cxotel.pipeline.export.items counter {item} destination.name signal result
            cxotel.pipeline.metrics.dropped counter {data_point} destination.name metric.name
            cxotel.pipeline.metrics.restamped counter {event} destination.name
            cxotel.pipeline.oldest.age gauge s destination.name signal
            cxotel.pipeline.retry.delay gauge s destination.name signal
            cxotel.pipeline.waiting gauge {event} destination.name signal
            cxotel.receiver.auth.failures counter {request} subscription.name reason
            cxotel.receiver.certificate.headers.ignored counter {request} subscription.name
            cxotel.receiver.certificate.reloads counter {reload} certificate.use reload.result
            cxotel.receiver.connections.cut counter {connection} reason
            cxotel.receiver.deliveries counter {delivery} subscription.name answer reason http.response.status_code
            cxotel.receiver.events counter {event} subscription.name event.type outcome
            cxotel.receiver.findings counter {finding} subscription.name event.type finding field cxone.data_source
            cxotel.receiver.handshake.duration histogram s
            cxotel.receiver.handshakes.refused counter {handshake} reason
            cxotel.receiver.held counter {delivery} subscription.name outcome
            cxotel.receiver.idle gauge s subscription.name
            cxotel.receiver.in_flight gauge By
            cxotel.receiver.key.failures counter {attempt} subscription.name
            cxotel.receiver.lag histogram s subscription.name event.type
            cxotel.receiver.request.duration histogram s subscription.name http.response.status_code
            cxotel.receiver.time_zone_suspect gauge 1 subscription.name
            cxotel.series.overflow counter {measurement} metric.name destination.name
            """;

    @Test
    void all_metrics_asAgreed() {
        assertThat(CxotelMetrics.ALL.stream()
                        .map(CxotelMetricsTest::line)
                        .sorted()
                        .collect(Collectors.joining("\n", "", "\n")))
                .isEqualTo(AGREED);
    }

    @Test
    void lag_bounds_fromASecondToAWeek() {
        assertThat(CxotelMetrics.CXOTEL_RECEIVER_LAG.bounds())
                .containsExactly(
                        1d, 5d, 10d, 30d, 60d, 120d, 300d, 600d, 900d, 1800d, 3600d, 7200d, 14400d, 28800d, 86400d,
                        172800d, 604800d);
    }

    @Test
    void bridge_attributesOfOneMetric_areAllDefault() {
        assertThat(CxotelMetrics.ALL)
                .allMatch(metric -> metric.optionalAttributes().isEmpty());
    }

    private static String line(MetricDefinition metric) {
        String instrument = metric.instrument().name().toLowerCase(Locale.ROOT);
        String attributes = metric.attributes().stream()
                .map(AttributeKey::getKey)
                .map(key -> key.replaceFirst("^cxotel\\.", ""))
                .collect(Collectors.joining(" "));
        return String.join(" ", List.of(metric.name(), instrument, metric.unit(), attributes))
                .strip();
    }
}
