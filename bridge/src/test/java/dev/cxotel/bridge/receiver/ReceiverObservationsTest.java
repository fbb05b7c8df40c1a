package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.RunningReceiver.NOW;
import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.testing.RecordingTelemetry;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the receiver says about the events that it stored, and how it may answer. */
class ReceiverObservationsTest {

    @Test
    void storedEvents_areInspectedAndRepeatsAreNot() {
        try (RunningReceiver running = RunningReceiver.start()) {
            running.post(VOICE, "one\n+NewField\n?three");
            running.post(VOICE, "one\n+NewField");

            assertThat(outcome(running, "appended")).isEqualTo(2);
            assertThat(outcome(running, "duplicate")).isEqualTo(2);
            assertThat(outcome(running, "unreadable")).isEqualTo(1);
            assertThat(finding(running, "suspect")).isEqualTo(2);
            assertThat(finding(running, "unknown_field"))
                    .as("found in each delivery")
                    .isEqualTo(2);
            assertThat(running.telemetry.sum(
                            CxotelMetrics.CXOTEL_RECEIVER_FINDINGS, CxotelAttributes.CXOTEL_FIELD, "NewField"))
                    .isEqualTo(2);
        }
    }

    @Test
    void unknownFields_areNamedUpToAHundred() {
        try (RunningReceiver running = RunningReceiver.start()) {
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < 150; i++) {
                body.append("+field").append(i).append('\n');
            }
            running.post(VOICE, body.toString());

            assertThat(running.telemetry.sum(
                            CxotelMetrics.CXOTEL_RECEIVER_FINDINGS, CxotelAttributes.CXOTEL_FIELD, "_other"))
                    .isEqualTo(50);
        }
    }

    @Test
    void eventOnAnotherTypesPath_isTakenAndCountedMisplaced() {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.type = EventType.SCRIPT_API;
        try (RunningReceiver running = RunningReceiver.start(settings)) {
            assertThat(running.post(VOICE, "one").status()).isEqualTo(200);
            assertThat(finding(running, "misplaced")).isEqualTo(1);
        }
    }

    @Test
    void lag_isMeasuredAndLateEventsAreCounted() {
        try (RunningReceiver running = RunningReceiver.start()) {
            running.post(VOICE, at(NOW.minusSeconds(90)));
            running.post(VOICE, at(NOW.minus(Duration.ofHours(2))));
            running.post(VOICE, at(NOW.plusSeconds(5)));

            assertThat(running.telemetry.points(CxotelMetrics.CXOTEL_RECEIVER_LAG))
                    .extracting(RecordingTelemetry.Point::value)
                    .containsExactlyInAnyOrder(90.0, 7200.0, 0.0);
            assertThat(finding(running, "late")).isEqualTo(1);
        }
    }

    @Test
    void wrongTimeZone_isSuspectedWithTheLineToPut() {
        RunningReceiver.Settings settings = new RunningReceiver.Settings();
        settings.type = EventType.SCRIPT_API;
        settings.decodedType = EventType.SCRIPT_API;
        settings.watch = lag -> Optional.of(lag).filter(off -> off.toHours() == 6);
        try (RunningReceiver running = RunningReceiver.start(settings)) {
            running.post(VOICE, at(NOW.minus(Duration.ofHours(6))));

            assertThat(running.receiver.timeZoneAdvice().get("voice")).contains("time_zone: \"-06:00\"");
            assertThat(suspicion(running)).isEqualTo(1);

            running.post(VOICE, at(NOW.minusSeconds(1)));
            assertThat(running.receiver.timeZoneAdvice()).isEmpty();
            assertThat(suspicion(running)).isZero();
        }
    }

    @Test
    void idle_isReportedForEachSubscription() {
        try (RunningReceiver running = RunningReceiver.start()) {
            assertThat(running.telemetry.read(CxotelMetrics.CXOTEL_RECEIVER_IDLE))
                    .hasSize(2);
        }
    }

    @Test
    void successStatus_isTheOneConfigured() {
        for (int status : new int[] {200, 202, 204}) {
            RunningReceiver.Settings settings = new RunningReceiver.Settings();
            settings.successStatus = status;
            settings.probeStatus = 200;
            try (RunningReceiver running = RunningReceiver.start(settings)) {
                var stored = running.post(VOICE, "one");
                assertThat(stored.status()).isEqualTo(status);
                assertThat(stored.body().isEmpty()).isEqualTo(status == 204);
                assertThat(running.post(VOICE, "").status()).isEqualTo(status);
                try (var http = running.connect()) {
                    var probe = http.send("GET " + VOICE + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .read();
                    assertThat(probe.status()).isEqualTo(200);
                    assertThat(probe.body()).isEmpty();
                }
            }
        }
    }

    private static String at(Instant time) {
        return "@" + (time.getEpochSecond() * 1_000_000_000L + time.getNano());
    }

    private static double outcome(RunningReceiver running, String outcome) {
        return running.telemetry.sum(CxotelMetrics.CXOTEL_RECEIVER_EVENTS, CxotelAttributes.CXOTEL_OUTCOME, outcome);
    }

    private static double finding(RunningReceiver running, String finding) {
        return running.telemetry.sum(CxotelMetrics.CXOTEL_RECEIVER_FINDINGS, CxotelAttributes.CXOTEL_FINDING, finding);
    }

    private static double suspicion(RunningReceiver running) {
        return running.telemetry.read(CxotelMetrics.CXOTEL_RECEIVER_TIME_ZONE_SUSPECT).stream()
                .filter(reading -> "voice".equals(reading.attributes().get(CxotelAttributes.CXOTEL_SUBSCRIPTION_NAME)))
                .mapToDouble(reading -> reading.value())
                .sum();
    }
}
