package dev.cxotel.bridge.late;

import dev.cxotel.bridge.config.DestinationConfig.Style.LateLogs;
import dev.cxotel.bridge.journal.StoredEvent;
import dev.cxotel.bridge.otlp.dialect.AlteredLog;
import dev.cxotel.semconv.CxoneAttributes;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The rule of a destination that loses log records of too long ago: such a record bears the present time and its own as
 * an attribute ({@code restamped}), or is not sent ({@code too_old}).
 */
public record LogAge(Duration limit, LateLogs late, InstantSource clock) implements AgeRule<LogRecordData> {
    @Override
    public Way<LogRecordData> judge(StoredEvent event, LogRecordData log) {
        Instant now = clock.instant();
        if (log.getTimestampEpochNanos() >= nanos(now.minus(limit))) {
            return new Way.Send<>(log, "");
        }
        return switch (late) {
            case RESTAMP -> new Way.Send<>(restamped(log, nanos(now)), "restamped");
            case DROP -> new Way.Skip<>("too_old", Optional.empty());
        };
    }

    /** The record's own time stands in an attribute. */
    private static LogRecordData restamped(LogRecordData log, long epochNanos) {
        String own = Instant.ofEpochSecond(0, log.getTimestampEpochNanos()).toString();
        Attributes attributes = log.getAttributes().toBuilder()
                .put(CxoneAttributes.CXONE_ORIGINAL_TIME, own)
                .build();
        return new AlteredLog(log, epochNanos, attributes, log.getTotalAttributeCount() + 1);
    }

    private static long nanos(Instant time) {
        return TimeUnit.MILLISECONDS.toNanos(time.toEpochMilli());
    }
}
