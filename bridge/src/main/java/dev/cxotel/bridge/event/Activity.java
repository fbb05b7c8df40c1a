package dev.cxotel.bridge.event;

import java.util.Optional;

/**
 * What one event tells of its contact, script and action, whatever its payload is.
 *
 * @param businessUnit after aliasing; an absent one is an empty text
 * @param contact the master contact, else the contact; empty without a usable id
 * @param script the id of the script, else its name; empty for a call leg
 * @param action the id of the action within the script, else its name; empty for a call leg
 * @param startEpochNanos when it began, as exported
 * @param endEpochNanos when it ended, as exported; not before the start
 * @param failed whether its span is an error
 */
public record Activity(
        Kind kind,
        String businessUnit,
        Optional<String> contact,
        Optional<String> script,
        Optional<String> action,
        long startEpochNanos,
        long endEpochNanos,
        boolean failed,
        Quality quality) {

    /** What was done. */
    public enum Kind {
        LEG,
        CALL
    }

    /** The verdict on the voice, from nothing known to bad. The numbers stand in the journal's file: never change one. */
    public enum Quality {
        UNKNOWN(0),
        GOOD(1),
        FAIR(2),
        POOR(3);

        private final int id;

        Quality(int id) {
            this.id = id;
        }

        public int id() {
            return id;
        }

        /** The worse of two. */
        public Quality worse(Quality other) {
            return other.id > id ? other : this;
        }

        /** The quality of a number; {@link #UNKNOWN} for one that is none. */
        public static Quality fromId(int id) {
            for (Quality quality : values()) {
                if (quality.id == id) {
                    return quality;
                }
            }
            return UNKNOWN;
        }
    }
}
