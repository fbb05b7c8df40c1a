package dev.cxotel.bridge.receiver;

/** Ends the reading of a body that will not be taken; caught where the answer is made. */
final class RefusedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String detail;
    private final int retryAfterSeconds;

    RefusedException(Refusal refusal, String detail) {
        this(refusal, detail, refusal.retryAfterSeconds());
    }

    RefusedException(Refusal refusal, String detail, int retryAfterSeconds) {
        super(detail, null, false, false);
        this.refusal = refusal;
        this.detail = detail;
        this.retryAfterSeconds = retryAfterSeconds;
    }

    Answer.Refused answer() {
        return new Answer.Refused(refusal, refusal.reason(), detail, retryAfterSeconds);
    }
}
