package dev.cxotel.bridge.preview;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the points of one series add up to. Delta points are summed, and one that comes again for the same window is
 * the retry of an export whose answer was lost; of cumulative points the last of each start counts. Not thread-safe.
 */
final class SeriesState {

    private static final int REMEMBERED_WINDOWS = 64;

    private final Deque<Window> windows = new ArrayDeque<>();
    private Amount settled = Amount.ZERO;
    private Amount running = Amount.ZERO;
    private long startNanos;
    private long timeNanos;

    private record Window(long startNanos, long timeNanos) {}

    /** Whether the point said something new. */
    boolean add(PreviewPoint point) {
        return switch (point.kind()) {
            case DELTA -> addDelta(point);
            case CUMULATIVE -> addCumulative(point);
            case GAUGE -> addGauge(point);
        };
    }

    Amount total() {
        return settled.plus(running);
    }

    private boolean addDelta(PreviewPoint point) {
        Window window = new Window(point.startNanos(), point.timeNanos());
        if (windows.contains(window)) {
            return false;
        }
        windows.addLast(window);
        if (windows.size() > REMEMBERED_WINDOWS) {
            windows.removeFirst();
        }
        settled = settled.plus(point.amount());
        return true;
    }

    private boolean addCumulative(PreviewPoint point) {
        boolean known = timeNanos != 0;
        if (known
                && (point.startNanos() < startNanos
                        || (point.startNanos() == startNanos && point.timeNanos() <= timeNanos))) {
            return false;
        }
        if (known && point.startNanos() > startNanos) {
            settled = settled.plus(running);
        }
        return take(point);
    }

    private boolean addGauge(PreviewPoint point) {
        return point.timeNanos() >= timeNanos && take(point);
    }

    private boolean take(PreviewPoint point) {
        running = point.amount();
        startNanos = point.startNanos();
        timeNanos = point.timeNanos();
        return true;
    }
}
