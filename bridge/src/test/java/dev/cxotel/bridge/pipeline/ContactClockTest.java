package dev.cxotel.bridge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.bridge.testing.ContactBodies;
import dev.cxotel.bridge.testing.MutableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a clock that is set does to contacts. */
class ContactClockTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir
    private Path directory;

    @Test
    void clockSetBack_contactThatBeginsThenIsNotClosedByWhatCameBefore() throws Exception {
        MutableClock clock = new MutableClock(START);
        try (ContactBench bench = new ContactBench(directory, clock, Telemetry.NONE, UnaryOperator.identity())) {
            clock.advance(Duration.ofHours(2));
            leg(bench, 1, START);
            clock.advance(Duration.ofHours(-2));
            leg(bench, 2, START);
            assertThat(bench.work.round()).isTrue();
            clock.advance(Duration.ofSeconds(10));
            leg(bench, 2, START.plusSeconds(10));
            assertThat(bench.work.round()).isTrue();
            assertThat(bench.roots()).isEmpty();
            clock.advance(ContactBench.RULES.idleTimeout().plusMinutes(5));
            assertThat(bench.work.round()).isTrue();
            assertThat(bench.roots())
                    .singleElement()
                    .extracting(StoredEvent::body)
                    .extracting(body -> body.toUtf8())
                    .asString()
                    .contains("\"legs\":2");
        }
    }

    private static void leg(ContactBench bench, int contact, Instant at) {
        bench.receive("voice", ContactBodies.leg(contact, at.minusSeconds(60), at, 4.1));
    }
}
