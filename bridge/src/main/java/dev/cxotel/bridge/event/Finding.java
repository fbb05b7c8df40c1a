package dev.cxotel.bridge.event;

import java.util.Optional;

/**
 * Something about a delivery that the operator may want to know, although it was understood.
 *
 * @param kind what was noticed
 * @param type the type of the event it belongs to; empty when it concerns the whole body
 * @param field the field's name as CXone writes it, or the name of the repaired form
 * @param dataSource the record's {@code DataSource}, or an empty text
 */
public record Finding(Kind kind, Optional<EventType> type, String field, String dataSource) {

    /** The kinds, named in self-metrics by {@link #configName()}. */
    public enum Kind {
        /** Broken JSON or an unusual wrapping that was repaired or unwrapped. */
        REPAIRED,
        /** A field that the registry does not know. */
        UNKNOWN_FIELD,
        /** A sentinel that stands for "not measured". */
        MISSING,
        /** A value outside what is plausible for its unit. */
        SUSPECT,
        /** An event without an API response code. */
        NO_CODE,
        /** A time that is absent or in the future; receive time was used. */
        TIME_RECEIVED,
        /** A value that is longer than its attribute may be; the attribute's name stands for the field. */
        TRUNCATED;

        public String configName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
