package dev.cxotel.bridge.auth.signature;

/** Leaves a judgement at the first flaw. Never leaves a verifier; without a stack trace, since nothing is broken. */
public final class FlawException extends Exception {

    private static final long serialVersionUID = 1;

    private final Flaw flaw;

    public FlawException(Flaw flaw) {
        super(flaw.reason(), null, false, false);
        this.flaw = flaw;
    }

    public Flaw flaw() {
        return flaw;
    }
}
