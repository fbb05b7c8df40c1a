package dev.cxotel.bridge.testing.torture;

/** One thing that goes wrong. */
enum Disturbance {
    /** SIGKILL of the bridge at a random moment. */
    KILL(false),
    /** SIGKILL between a backend's storing and its answer. */
    KILL_AT_EXPORT(false),
    /** SIGKILL while no backend answers. */
    KILL_IN_OUTAGE(false),
    /** SIGKILL when the reader of the contacts has just moved its cursor. */
    KILL_AT_CONTACTS(false),
    /** Power cut: of the journal remains what was synced. */
    POWER_CUT(true),
    /** SIGSTOP and, later, SIGCONT. */
    STANDSTILL(false),
    /** SIGTERM and a new start. */
    RESTART(false),
    /** A backend is away. */
    OUTAGE(false),
    /** A backend gives all sorts of answers that keep or take the data. */
    ODD_ANSWERS(false),
    /** A backend refuses some data for good. */
    REFUSALS(false),
    /** A backend does not accept the key. */
    WRONG_KEY(false),
    /** The wall clock jumps ahead by up to two hours. */
    CLOCK_AHEAD(true),
    /** The wall clock jumps back by up to two hours. */
    CLOCK_BACK(true),
    /** Nothing can be written. */
    DISK_FULL(true),
    /** Nothing can be synced. */
    SYNC_FAILS(true);

    private final boolean needsShims;

    Disturbance(boolean needsShims) {
        this.needsShims = needsShims;
    }

    /** Whether it takes a C compiler on the machine. */
    boolean needsShims() {
        return needsShims;
    }
}
