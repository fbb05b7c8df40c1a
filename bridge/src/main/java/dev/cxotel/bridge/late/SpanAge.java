package dev.cxotel.bridge.late;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Identity;
import dev.cxotel.bridge.journal.DerivedEvent;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.otlp.OtlpJson;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The rule of a destination that loses spans which ended too long ago: such a span becomes an event of its own, for that
 * destination alone, whose log record stands for the span ({@code late_span}); where the destination takes no log
 * records it is not sent ({@code too_old}).
 *
 * @param takesLogs whether the destination has a pipeline for log records
 */
public record SpanAge(String destination, Duration limit, boolean takesLogs, InstantSource clock)
        implements AgeRule<SpanData> {
    @Override
    public Way<SpanData> judge(StoredEvent event, SpanData span) {
        long oldest = TimeUnit.MILLISECONDS.toNanos(clock.instant().minus(limit).toEpochMilli());
        if (span.getEndEpochNanos() >= oldest) {
            return new Way.Send<>(span, "");
        }
        return takesLogs
                ? new Way.Skip<>("late_span", Optional.of(derived(event, span)))
                : new Way.Skip<>("too_old", Optional.empty());
    }

    /** The same for the same span, however often it is made: the journal keeps the first. */
    private DerivedEvent derived(StoredEvent event, SpanData span) {
        Bytes body = Bytes.utf8(OtlpJson.spans(List.of(span)));
        Hash key = Hash.of("cxotel/1|late-span|" + destination + "|" + span.getTraceId() + "|" + span.getSpanId());
        return new DerivedEvent(
                EventType.LATE_SPAN,
                new Identity(key, body.sha256(), Identity.OnChange.REVISION),
                event.arrival().subscription(),
                body,
                Optional.of(destination));
    }
}
