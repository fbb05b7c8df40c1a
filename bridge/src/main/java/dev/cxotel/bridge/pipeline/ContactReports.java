package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.contact.Contact;
import dev.cxotel.bridge.contact.ContactFold;
import dev.cxotel.bridge.event.Activity.Kind;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelAttributes.CxotelContactTypesValues;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.api.common.Attributes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is said about the contacts that closed: counted by the feeds that told of them, and a line when after many contacts
 * the two feeds have not met in a single one.
 */
final class ContactReports {

    /** After so many contacts it is time to say so. */
    static final int MANY = 1000;

    private static final Logger log = LoggerFactory.getLogger(ContactReports.class);

    private final Telemetry telemetry;
    private long voice;
    private long script;
    private long both;
    private boolean said;

    ContactReports(Telemetry telemetry) {
        this.telemetry = telemetry;
    }

    /** A step of the fold is durable. */
    void committed(ContactFold fold) {
        fold.closed().forEach(this::count);
        fold.late()
                .forEach((kind, events) -> telemetry.add(
                        CxotelMetrics.CXOTEL_CONTACT_LATE,
                        events,
                        Attributes.of(
                                CxotelAttributes.CXOTEL_EVENT_TYPE, type(kind).configName())));
    }

    private void count(Contact contact) {
        String types = types(contact);
        telemetry.add(CxotelMetrics.CXOTEL_CONTACTS, 1, Attributes.of(CxotelAttributes.CXOTEL_CONTACT_TYPES, types));
        if (!said && both == 0 && voice > 0 && script > 0 && voice + script >= MANY) {
            said = true;
            log.warn(
                    "Of {} contacts {} had call legs and {} API calls, and not one had both: the two feeds never join. Perhaps"
                            + " they number business units differently: compare cxone.business_unit.id of the spans of both"
                            + " and set mapping.business_units. With contacts that end in the IVR only, nothing is wrong.",
                    voice + script,
                    voice,
                    script);
        }
    }

    private String types(Contact contact) {
        if (contact.legs() > 0 && contact.calls() > 0) {
            both++;
            return CxotelContactTypesValues.BOTH;
        }
        if (contact.legs() > 0) {
            voice++;
            return CxotelContactTypesValues.VOICE;
        }
        script++;
        return CxotelContactTypesValues.SCRIPT;
    }

    private static EventType type(Kind kind) {
        return switch (kind) {
            case LEG -> EventType.VOICE_QUALITY;
            case CALL -> EventType.SCRIPT_API;
        };
    }
}
