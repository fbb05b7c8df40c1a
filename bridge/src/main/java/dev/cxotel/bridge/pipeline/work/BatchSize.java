package dev.cxotel.bridge.pipeline.work;

/**
 * How many items a request may have: what the configuration allows, or less once the backend has called a request too
 * large. It grows again, slowly, for the items may have been large for once. For one thread.
 */
public final class BatchSize {
    /** Full requests accepted before a larger one is tried. */
    public static final int PATIENCE = 50;

    private final int most;
    private int working;
    private int accepted;

    /** @param most items that the configuration allows; the first request may have so many */
    public BatchSize(int most) {
        this.most = most;
        this.working = most;
    }

    /** The most items of the next request. */
    public int items() {
        return working;
    }

    /** The backend called a request of {@code items} too large. */
    public void tooLarge(int items) {
        working = Math.clamp(items / 2, 1, working);
        accepted = 0;
    }

    /** The backend took a request of {@code items}. */
    public void accepted(int items) {
        if (items < working || working == most) {
            return;
        }
        accepted++;
        if (accepted >= PATIENCE) {
            working = Math.min(most, 2 * working);
            accepted = 0;
        }
    }
}
