package dev.cxotel.otelconfig.generator;

import java.util.List;

/**
 * A rule that wakes somebody.
 *
 * @param id in kebab-case
 * @param severity {@code warning} or {@code critical}
 * @param window what the answers look back on, such as {@code 15m}
 * @param lasting how long it must hold before it fires, such as {@code 5m}
 * @param conditions all must hold
 * @param description what to do
 */
record Alert(
        String id,
        String title,
        String severity,
        String window,
        String lasting,
        List<Condition> conditions,
        String description) {

    Alert {
        conditions = List.copyOf(conditions);
    }

    /**
     * One comparison.
     *
     * @param operator {@code <}, {@code >}, {@code <=}, {@code >=} or {@code !=}
     */
    record Condition(Query query, String operator, double threshold) {}
}
