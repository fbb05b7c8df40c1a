package dev.cxotel.bridge.testing.torture;

import java.time.Duration;
import java.util.List;

/**
 * What a run does; with the same seed the same disturbances come in the same order.
 *
 * @param least rounds are begun until this is over; a round is each disturbance once, in an order of its own
 * @param rate new events a second
 * @param calm the middle of the pause between two disturbances
 * @param mutant the guard of the journal that is broken on purpose, or {@code NONE}
 */
public record Plan(
        long seed, Duration least, double rate, Duration calm, List<Disturbance> disturbances, String mutant) {

    public static final String NO_MUTANT = "NONE";

    private static final List<Disturbance> SHORT = List.of(
            Disturbance.KILL_AT_EXPORT,
            Disturbance.POWER_CUT,
            Disturbance.STANDSTILL,
            Disturbance.OUTAGE,
            Disturbance.ODD_ANSWERS,
            Disturbance.REFUSALS,
            Disturbance.CLOCK_AHEAD,
            Disturbance.CLOCK_BACK,
            Disturbance.DISK_FULL,
            Disturbance.SYNC_FAILS);

    public Plan {
        disturbances = List.copyOf(disturbances);
    }

    /** Every disturbance, again and again. */
    public static Plan longRun(long seed, Duration least, double rate) {
        return new Plan(seed, least, rate, Duration.ofMillis(1500), List.of(Disturbance.values()), NO_MUTANT);
    }

    /** Most of them once. */
    public static Plan shortRun(long seed) {
        return new Plan(seed, Duration.ZERO, 150, Duration.ofMillis(100), SHORT, NO_MUTANT);
    }

    /** What a broken guard cannot survive, once. */
    public static Plan ofMutant(String mutant, long seed) {
        List<Disturbance> fatal =
                switch (mutant) {
                    case "CURSOR_BEFORE_ACCEPTANCE" -> List.of(Disturbance.KILL_IN_OUTAGE);
                    case "CONTACTS_APART" -> List.of(Disturbance.KILL_AT_CONTACTS, Disturbance.KILL_AT_CONTACTS);
                    case "IDENTITY_DROPPED" -> List.of(Disturbance.RESTART);
                    case "SYNCHRONOUS_OFF", "SYNCHRONOUS_NORMAL" -> List.of(Disturbance.POWER_CUT);
                    default -> List.of(Disturbance.POWER_CUT, Disturbance.POWER_CUT);
                };
        return new Plan(seed, Duration.ZERO, 400, Duration.ofMillis(1500), fatal, mutant);
    }

    /** Whether the run has to fail. */
    boolean isBroken() {
        return !mutant.equals(NO_MUTANT);
    }
}
