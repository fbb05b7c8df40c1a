package dev.cxotel.bridge.pipeline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cxotel.bridge.pipeline.fold.OneFold;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.CxoneMetrics;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SeriesNoticesTest {

    private static final int LIMIT = 10;

    private final Logger logger = (Logger) LoggerFactory.getLogger(SeriesNotices.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final SeriesNotices notices = new SeriesNotices("backend", LIMIT);

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
    }

    @Test
    void look_belowFourFifths_isSilent() {
        notices.look(series(7));
        assertThat(messages()).isEmpty();
    }

    @Test
    void look_fourFifths_namesTheRichestAttributesOnceWithoutTheirValues() {
        notices.look(series(8));
        notices.look(series(9));
        assertThat(messages()).singleElement().satisfies(line -> assertThat(line)
                .startsWith(
                        "backend: cxone.voice.mos has 8 series and comes near mapping.cardinality_limit, which is 10")
                .contains(
                        "Attributes with most values: cxone.team.name 8 (added by configuration), cxone.data_source 2,"
                                + " cxone.business_unit.id 1. Take attributes out of mapping.metrics.\"cxone.voice.mos\".add or"
                                + " raise mapping.cardinality_limit.")
                .doesNotContain("team-3"));
    }

    @Test
    void look_overflow_isSaidOnceMore() {
        notices.look(series(8));
        notices.look(series(30));
        notices.look(series(40));
        assertThat(messages()).hasSize(2);
        assertThat(messages().get(1))
                .contains("is at mapping.cardinality_limit")
                .contains("otel.metric.overflow");
    }

    private List<String> messages() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    private static List<MetricData> series(int teams) {
        try (OneFold fold = new OneFold(LIMIT, Instant.EPOCH)) {
            for (int i = 0; i < teams; i++) {
                fold.add(
                        Resource.getDefault(),
                        List.of(new Measurement(
                                CxoneMetrics.CXONE_VOICE_MOS,
                                4,
                                Attributes.builder()
                                        .put(CxoneAttributes.CXONE_BUSINESS_UNIT_ID, "1")
                                        .put(CxoneAttributes.CXONE_DATA_SOURCE, "source-" + i % 2)
                                        .put(CxoneAttributes.CXONE_TEAM_NAME, "team-" + i)
                                        .build(),
                                SpanContext.getInvalid())));
            }
            return fold.collect();
        }
    }
}
