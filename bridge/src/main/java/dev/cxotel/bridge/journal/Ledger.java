package dev.cxotel.bridge.journal;

import java.util.List;
import java.util.Map;

/**
 * The books of the journal. Each line has two sides that were counted apart; {@link #difference()} is 0 unless
 * something is wrong.
 */
public record Ledger(List<SubscriptionLine> subscriptions, List<PipelineLine> pipelines) {

    public Ledger {
        subscriptions = List.copyOf(subscriptions);
        pipelines = List.copyOf(pipelines);
    }

    /** The sum of the absolute differences of all lines. */
    public long difference() {
        return subscriptions.stream()
                        .mapToLong(line -> Math.abs(line.deliveryDifference()) + Math.abs(line.eventDifference()))
                        .sum()
                + pipelines.stream()
                        .mapToLong(line -> Math.abs(line.difference()))
                        .sum();
    }

    /**
     * {@code deliveries = accepted + empty + refused} and {@code decoded = appended + duplicate + unreadable}.
     *
     * @param refused counts by reason
     * @param revised of {@code appended}, revisions
     * @param similar of {@code appended}, similar ones
     */
    public record SubscriptionLine(
            String subscription,
            long deliveries,
            long accepted,
            long empty,
            Map<String, Long> refused,
            long decoded,
            long appended,
            long duplicate,
            long unreadable,
            long revised,
            long similar) {

        public SubscriptionLine {
            refused = Map.copyOf(refused);
        }

        public long deliveryDifference() {
            return deliveries
                    - accepted
                    - empty
                    - refused.values().stream().mapToLong(Long::longValue).sum();
        }

        public long eventDifference() {
            return decoded - appended - duplicate - unreadable;
        }
    }

    /**
     * {@code offered = outcomes + waiting}.
     *
     * @param offered rows appended for the pipeline since its birth
     * @param waiting counted from the rows after the cursor
     */
    public record PipelineLine(PipelineId id, long offered, Outcomes outcomes, long waiting) {
        public long difference() {
            return offered - outcomes.total() - waiting;
        }
    }
}
