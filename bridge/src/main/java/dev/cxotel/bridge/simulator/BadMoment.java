package dev.cxotel.bridge.simulator;

import java.time.Duration;

/** What goes wrong just now. The moments take turns, each as long as the quiet after it. */
enum BadMoment {
    NONE,
    /** One provider loses packets. */
    LOSSY_ISP,
    /** One host answers eight times slower. */
    SLOW_API,
    /** Most calls of one script fail. */
    FAILING_SCRIPT;

    /**
     * @param since the time since the centre opened
     * @param length of one moment
     */
    static BadMoment at(Duration since, Duration length) {
        long turn = Math.max(0, since.toMillis()) / length.toMillis() % 6;
        return switch ((int) turn) {
            case 0 -> LOSSY_ISP;
            case 2 -> SLOW_API;
            case 4 -> FAILING_SCRIPT;
            default -> NONE;
        };
    }
}
