package dev.cxotel.bridge.event;

import java.util.Optional;

/** What an event is. The numbers stand in the journal's file: never change or reuse one. */
public enum EventType {
    /** One record of CXone's Voice Quality Metrics feed. */
    VOICE_QUALITY(1, "voice_quality"),
    /** One entry of the {@code metadata} of CXone's Script API Monitoring feed. */
    SCRIPT_API(2, "script_api"),
    /** Derived: the root span of a contact. */
    CONTACT(3, "contact"),
    /** Derived: the log record that stands for a span which a destination would drop for its age. */
    LATE_SPAN(4, "late_span");

    private final int id;
    private final String configName;

    EventType(int id, String configName) {
        this.id = id;
        this.configName = configName;
    }

    /** The number that stands for the type in the journal. */
    public int id() {
        return id;
    }

    /** The name in configuration, ledger and self-metrics. */
    public String configName() {
        return configName;
    }

    public static Optional<EventType> fromId(int id) {
        for (EventType type : values()) {
            if (type.id == id) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    public static Optional<EventType> fromConfigName(String name) {
        for (EventType type : values()) {
            if (type.configName.equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
