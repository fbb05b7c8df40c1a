package dev.cxotel.bridge.mapping;

import dev.cxotel.bridge.config.MappingConfig;

/** What telemetry speaks of; each kind is an OpenTelemetry service of its own. */
public enum ServiceKind {
    /** Call legs, from voice-quality records. */
    VOICE,
    /** Studio scripts, from script API events. */
    STUDIO,
    /** Contacts: root spans and volumes. */
    CONTACT;

    String nameIn(MappingConfig.ServiceNames names) {
        return switch (this) {
            case VOICE -> names.voice();
            case STUDIO -> names.studio();
            case CONTACT -> names.contact();
        };
    }
}
