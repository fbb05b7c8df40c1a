package dev.cxotel.bridge.scriptapi;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.MappingConfig.DateTimeIs;
import dev.cxotel.bridge.mapping.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.OptionalDouble;

/**
 * What a script API call means under a configuration: the zone of its time, the unit of its response time.
 *
 * @param code what the API answered
 * @param responseTime as the field reads
 * @param seconds the response time that is exported; empty when there is none, or when it is implausible and
 *     implausible values are not exported
 * @param times of the span
 */
record Interpretation(
        ScriptApiCall call, ResponseCode code, ResponseTime responseTime, OptionalDouble seconds, Times times) {

    private static final double NANOS_PER_SECOND = 1e9;

    static Interpretation of(ScriptApiCall call, MappingConfig mapping, ZoneId zone, Instant receivedAt) {
        ResponseTime responseTime = ResponseTime.of(call.responseTime(), mapping.responseTimeUnit());
        boolean exported = responseTime.kind() != ResponseTime.Kind.SUSPECT || mapping.exportSuspect();
        OptionalDouble seconds = exported ? responseTime.seconds() : OptionalDouble.empty();
        Instant own = call.time() == null ? null : call.time().in(zone);
        Duration length = Duration.ofNanos(Math.round(seconds.orElse(0) * NANOS_PER_SECOND));
        return new Interpretation(
                call,
                ResponseCode.of(call.responseCode()).under(mapping.calls()),
                responseTime,
                seconds,
                own == null || !Times.usable(own, receivedAt)
                        ? new Times(receivedAt.minus(length), receivedAt, true)
                        : placed(own, length, mapping.dateTimeIs()));
    }

    private static Times placed(Instant own, Duration length, DateTimeIs dateTimeIs) {
        return switch (dateTimeIs) {
            case END -> new Times(own.minus(length), own, false);
            case START -> new Times(own, own.plus(length), false);
        };
    }

    /** Whether the event tells of neither answer nor duration, and so probably of the request. */
    boolean isRequest() {
        return code.absent() && responseTime.kind() == ResponseTime.Kind.ABSENT;
    }
}
