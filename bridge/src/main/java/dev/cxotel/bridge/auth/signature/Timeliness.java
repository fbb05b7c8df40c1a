package dev.cxotel.bridge.auth.signature;

import dev.cxotel.bridge.config.scheme.Tolerance;
import java.time.Duration;
import java.util.Optional;

/** The rule of a request's time. */
public final class Timeliness {

    private Timeliness() {}

    /** Nothing is wrong with a request without a time: that is the scheme's to demand. */
    public static void check(Optional<Duration> age, Tolerance tolerance) throws FlawException {
        if (age.isPresent() && age.get().compareTo(tolerance.past()) > 0) {
            throw new FlawException(Flaw.STALE_TIMESTAMP);
        }
        if (age.isPresent() && age.get().negated().compareTo(tolerance.future()) > 0) {
            throw new FlawException(Flaw.FUTURE_TIMESTAMP);
        }
    }
}
