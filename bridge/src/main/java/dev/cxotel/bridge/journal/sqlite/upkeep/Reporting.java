package dev.cxotel.bridge.journal.sqlite.upkeep;

import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_DESTINATION_NAME;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_OUTCOME;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_REASON;
import static dev.cxotel.semconv.CxotelAttributes.CXOTEL_SIGNAL;

import dev.cxotel.bridge.journal.JournalStatus;
import dev.cxotel.bridge.journal.Outcome;
import dev.cxotel.bridge.journal.PipelineId;
import dev.cxotel.bridge.journal.sqlite.database.Tally;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.CxotelMetrics;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.Attributes;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** What the journal reports about itself, and about events that expired while their pipeline waited. */
public final class Reporting {

    private final Telemetry telemetry;
    private final List<Telemetry.Registration> gauges = new ArrayList<>();

    /** @param telemetry what is reported to */
    public Reporting(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /**
     * Observes sizes and the ledger until {@link #close}.
     *
     * @param lost events that were acknowledged and found missing at a start, ever
     */
    public void observe(Supplier<JournalStatus> status, Supplier<OptionalLong> ledgerDifference, long lost) {
        gauge(CxotelMetrics.CXOTEL_JOURNAL_SIZE, status, JournalStatus::usedBytes);
        gauge(CxotelMetrics.CXOTEL_JOURNAL_WAL_SIZE, status, JournalStatus::walBytes);
        gauge(CxotelMetrics.CXOTEL_JOURNAL_MAX_SIZE, status, JournalStatus::maxBytes);
        gauge(
                CxotelMetrics.CXOTEL_JOURNAL_BACKLOG_USAGE,
                status,
                now -> now.usedBytes() / (double) Math.max(1, now.maxBytes()));
        gauge(CxotelMetrics.CXOTEL_JOURNAL_QUARANTINED, status, JournalStatus::quarantined);
        gauge(CxotelMetrics.CXOTEL_JOURNAL_LOST, status, now -> lost);
        gauges.add(telemetry.gauge(CxotelMetrics.CXOTEL_LEDGER_DIFFERENCE, () -> ledgerDifference.get().stream()
                .mapToObj(difference -> new Telemetry.Reading(difference, Attributes.empty()))
                .toList()));
    }

    private void gauge(MetricDefinition gauge, Supplier<JournalStatus> status, ToDoubleFunction<JournalStatus> value) {
        gauges.add(telemetry.gauge(
                gauge, () -> List.of(new Telemetry.Reading(value.applyAsDouble(status.get()), Attributes.empty()))));
    }

    /** @param seconds from the begin of the transaction until it was synced */
    void committed(Tally tally, double seconds) {
        if (tally.deliveries() > 0) {
            telemetry.record(CxotelMetrics.CXOTEL_JOURNAL_APPEND_DURATION, seconds, Attributes.empty());
            telemetry.record(CxotelMetrics.CXOTEL_JOURNAL_GROUP_SIZE, tally.deliveries(), Attributes.empty());
        }
        for (Tally.Expired expired : tally.expired()) {
            PipelineId pipeline = expired.pipeline();
            telemetry.add(
                    CxotelMetrics.CXOTEL_PIPELINE_EVENTS,
                    expired.count(),
                    Attributes.of(
                            CXOTEL_DESTINATION_NAME,
                            pipeline.destination(),
                            CXOTEL_SIGNAL,
                            pipeline.signal(),
                            CXOTEL_OUTCOME,
                            Outcome.EXPIRED.configName(),
                            CXOTEL_REASON,
                            expired.reason()));
        }
    }

    /** Tells how many entries the bounds of quarantine took away just now. */
    void dropped(long entries) {
        if (entries > 0) {
            telemetry.add(CxotelMetrics.CXOTEL_JOURNAL_QUARANTINE_DROPPED, entries, Attributes.empty());
        }
    }

    void failed(String reason) {
        telemetry.add(CxotelMetrics.CXOTEL_JOURNAL_ERRORS, 1, Attributes.of(CXOTEL_REASON, reason));
    }

    /** Ends the observation. */
    public void close() {
        gauges.forEach(Telemetry.Registration::close);
    }
}
