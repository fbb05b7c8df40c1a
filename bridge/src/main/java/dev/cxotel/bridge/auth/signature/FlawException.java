package dev.cxotel.bridge.auth.signature;

/** Leaves a judgement at the first flaw. Never seen outside the package; without a stack trace, since nothing is broken. */
final class FlawException extends Exception {

    private static final long serialVersionUID = 1;

    private final Flaw flaw;

    FlawException(Flaw flaw) {
        super(flaw.reason(), null, false, false);
        this.flaw = flaw;
    }

    Flaw flaw() {
        return flaw;
    }
}
