package dev.cxotel.bridge.receiver;

import static dev.cxotel.semconv.CoreAttributes.HTTP_RESPONSE_STATUS_CODE;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_ANSWER;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_OUTCOME;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_REASON;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_SUBSCRIPTION_NAME;

import dev.cxotel.bridge.receiver.listener.Cut;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the receiver says about requests: how each was answered, and how long that took. */
final class DoorTelemetry {

    private final Telemetry telemetry;

    DoorTelemetry(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    void answered(Optional<String> subscription, Answer answer, int status, double seconds) {
        AttributesBuilder delivery = attributes(subscription, status);
        switch (answer) {
            case Answer.Accepted ignored -> delivery.put(CXOTEL_ANSWER, "accepted");
            case Answer.Empty ignored -> delivery.put(CXOTEL_ANSWER, "empty");
            case Answer.Refused refused ->
                delivery.put(CXOTEL_ANSWER, "refused").put(CXOTEL_REASON, refused.reason());
        }
        telemetry.add(CxotelMetrics.CXOTEL_RECEIVER_DELIVERIES, 1, delivery.build());
        telemetry.record(
                CxotelMetrics.CXOTEL_RECEIVER_REQUEST_DURATION,
                seconds,
                attributes(subscription, status).build());
    }

    /** The request never reached a subscription: the server itself refused it. */
    void malformed(int status) {
        telemetry.add(
                CxotelMetrics.CXOTEL_RECEIVER_DELIVERIES,
                1,
                attributes(Optional.empty(), status)
                        .put(CXOTEL_ANSWER, "refused")
                        .put(CXOTEL_REASON, "malformed_request")
                        .build());
    }

    /** The connection never came to a request, or to no further one. */
    void cut(Cut cut) {
        telemetry.add(
                CxotelMetrics.CXOTEL_RECEIVER_CONNECTIONS_CUT,
                1,
                Attributes.of(CXOTEL_REASON, cut.name().toLowerCase(Locale.ROOT)));
    }

    void authenticationFailed(String subscription, String reason) {
        telemetry.add(
                CxotelMetrics.CXOTEL_RECEIVER_AUTH_FAILURES,
                1,
                Attributes.of(CXOTEL_SUBSCRIPTION_NAME, subscription, CXOTEL_REASON, reason));
    }

    void held(String subscription, boolean held) {
        telemetry.add(
                CxotelMetrics.CXOTEL_RECEIVER_HELD,
                1,
                Attributes.of(CXOTEL_SUBSCRIPTION_NAME, subscription, CXOTEL_OUTCOME, held ? "held" : "not_held"));
    }

    Telemetry.Registration inFlight(Admission admission) {
        return telemetry.gauge(
                CxotelMetrics.CXOTEL_RECEIVER_IN_FLIGHT,
                () -> List.of(new Telemetry.Reading(admission.taken(), Attributes.empty())));
    }

    private static AttributesBuilder attributes(Optional<String> subscription, int status) {
        AttributesBuilder attributes = Attributes.builder().put(HTTP_RESPONSE_STATUS_CODE, (long) status);
        subscription.ifPresent(name -> attributes.put(CXOTEL_SUBSCRIPTION_NAME, name));
        return attributes;
    }
}
