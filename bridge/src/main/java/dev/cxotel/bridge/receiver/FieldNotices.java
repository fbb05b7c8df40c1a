package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.event.EventType;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The unknown fields that were seen: each name is logged once, for at most 100 names a type, since the names are the
 * sender's.
 */
final class FieldNotices {

    /** What a name counts as when there were too many. */
    static final String OTHER = "_other";

    private static final Logger log = LoggerFactory.getLogger(FieldNotices.class);
    private static final int MOST_NAMES = 100;
    private static final int LONGEST_NAME = 100;

    private final Map<EventType, Set<String>> named = new EnumMap<>(EventType.class);

    /** The name to count {@code field} under. */
    String notice(EventType type, String field) {
        String cut = field.length() > LONGEST_NAME ? field.substring(0, LONGEST_NAME) : field;
        String name = cut.replaceAll("\\p{Cntrl}", "?");
        return switch (add(type, name)) {
            case KNOWN -> name;
            case TOO_MANY -> OTHER;
            case NEW -> {
                log.info("{} has a field that is not known yet: {}", type.configName(), name);
                yield name;
            }
        };
    }

    private synchronized Seen add(EventType type, String name) {
        Set<String> names = named.computeIfAbsent(type, ignored -> new HashSet<>());
        if (names.contains(name)) {
            return Seen.KNOWN;
        }
        if (names.size() == MOST_NAMES) {
            return Seen.TOO_MANY;
        }
        names.add(name);
        return Seen.NEW;
    }

    private enum Seen {
        NEW,
        KNOWN,
        TOO_MANY
    }
}
