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
     * @param retryAfterSeconds when the sender may try again; 0 when trying again does not help
     */
    record Refused(Refusal refusal, String reason, String detail, int retryAfterSeconds) implements Answer {
        Refused(Refusal refusal, String reason, String detail) {
            this(refusal, reason, detail, refusal.retryAfterSeconds());
        }

        static Refused of(Refusal refusal, String detail) {
            return new Refused(refusal, refusal.reason(), detail);
        }
    }
}
