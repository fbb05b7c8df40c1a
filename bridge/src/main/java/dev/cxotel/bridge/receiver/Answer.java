package dev.cxotel.bridge.receiver;

/** The end of a request. */
sealed interface Answer {

    /** Every event is durable, or already was. */
    record Accepted(int appended, int duplicates, int quarantined) implements Answer {}

    /** An authenticated body without a byte: a connection test. */
    record Empty() implements Answer {}

    /**
     * Not taken.
     *
     * @param reason {@link Refusal#reason()}, or the journal's own word
     * @param detail one sentence for the sender
     */
    record Refused(Refusal refusal, String reason, String detail) implements Answer {
        static Refused of(Refusal refusal, String detail) {
            return new Refused(refusal, refusal.reason(), detail);
        }
    }
}
