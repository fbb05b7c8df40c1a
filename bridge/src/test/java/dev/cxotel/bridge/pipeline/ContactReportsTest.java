package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.cxotel.bridge.contact.ContactFold;
import dev.cxotel.bridge.event.Activity;
import dev.cxotel.bridge.event.Activity.Kind;
import dev.cxotel.bridge.event.Activity.Quality;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Feeds that never join are told of once. */
class ContactReportsTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(ContactReports.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final ContactReports reports = new ContactReports(Telemetry.NONE);
    private int contacts;

    @BeforeEach
    void listen() {
        lines.start();
        logger.addAppender(lines);
    }

    @AfterEach
    void listenNoMore() {
        logger.detachAppender(lines);
    }

    @Test
    void thousandContactsOfOneFeedOrTheOther_areSaidOnce() {
        close(500, Kind.LEG);
        close(499, Kind.CALL);
        assertThat(lines.list).isEmpty();
        close(1, Kind.CALL);
        close(2000, Kind.LEG);
        assertThat(lines.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("mapping.business_units", "500 had call legs and 500 API calls");
    }

    @Test
    void oneFeedAlone_orOneThatJoins_isInOrder() {
        close(3000, Kind.LEG);
        close(1, Kind.LEG, Kind.CALL);
        close(3000, Kind.CALL);
        assertThat(lines.list).isEmpty();
    }

    private void close(int count, Kind... kinds) {
        for (int i = 0; i < count; i++) {
            contacts++;
            ContactFold fold = new ContactFold(ContactBench.RULES, Map.of());
            Arrival arrival = new Arrival("any", Instant.EPOCH, Hash.of("body"), 0);
            for (Kind kind : kinds) {
                fold.add("c" + contacts, activity(kind), arrival, contacts);
            }
            ContactFold closing = new ContactFold(ContactBench.RULES, Map.of());
            fold.changed().forEach(closing::close);
            reports.committed(closing);
        }
    }

    private static Activity activity(Kind kind) {
        return new Activity(
                kind, "1", Optional.of("contact"), Optional.empty(), Optional.empty(), 0, 1, false, Quality.UNKNOWN);
    }
}
