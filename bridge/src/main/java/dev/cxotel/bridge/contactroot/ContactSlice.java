package dev.cxotel.bridge.contactroot;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.contact.Contact;
import dev.cxotel.bridge.event.Activity.Quality;
import dev.cxotel.bridge.event.Arrival;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Event;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.mapping.AttributeSet;
import dev.cxotel.bridge.mapping.ContactKey;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.mapping.ServiceKind;
import dev.cxotel.bridge.mapping.Traces;
import dev.cxotel.bridge.mapping.privacy.Privacy;
import dev.cxotel.bridge.signal.BodyDecoding;
import dev.cxotel.bridge.signal.BridgeSpan;
import dev.cxotel.bridge.signal.Inspection;
import dev.cxotel.bridge.signal.Measurement;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.CxoneSpans;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The slice of closed contacts, which no webhook brings: each gives the root span of its trace. The door must not know this
 * slice, or a sender could make up contacts.
 */
public final class ContactSlice implements Slice {

    private final Resources resources;
    private final Privacy privacy;

    public ContactSlice(Resources resources, MappingConfig.Privacy privacy) {
        this.resources = resources;
        this.privacy = new Privacy(privacy);
    }

    /** The body under which the journal keeps a closed contact. */
    public static Bytes body(Contact contact) {
        return RootBody.of(contact).toBytes();
    }

    @Override
    public EventType type() {
        return EventType.CONTACT;
    }

    @Override
    public boolean recognises(JsonNode document) {
        return RootBody.recognises(document);
    }

    @Override
    public void decode(JsonNode document, BodyDecoding body) {
        RootBody root = RootBody.read(document);
        body.event(EventType.CONTACT, Contact.rootIdentity(root.key()), root);
    }

    @Override
    public Inspection inspect(Event event, Arrival arrival) {
        return Inspection.NOTHING;
    }

    /** The end of the contact. */
    @Override
    public Optional<Long> eventTime(Event event, Arrival arrival) {
        return Optional.of(root(event).lastEpochNanos());
    }

    @Override
    public Set<String> subscriptions(Event event, Arrival arrival) {
        return root(event).subscriptions();
    }

    @Override
    public Resource resource(Event event, Arrival arrival) {
        return resources.of(ServiceKind.CONTACT, arrival.subscription());
    }

    @Override
    public Optional<SpanData> span(Event event, Arrival arrival) {
        RootBody root = root(event);
        AttributeSet set = privacy.attributes()
                .put(CxoneAttributes.CXONE_BUSINESS_UNIT_ID, root.businessUnit())
                // The master contact is the first contact of the conversation.
                .put(CxoneAttributes.CXONE_CONTACT_ID, root.contact())
                .put(CxoneAttributes.CXONE_CONTACT_MASTER_ID, root.contact())
                .putLong(CxoneAttributes.CXONE_CONTACT_LEG_COUNT, (long) root.legs())
                .putLong(CxoneAttributes.CXONE_CONTACT_API_CALL_COUNT, (long) root.calls())
                .putLong(CxoneAttributes.CXONE_CONTACT_ERROR_COUNT, (long) root.errors());
        if (root.legs() > 0) {
            set.put(CxoneAttributes.CXONE_VOICE_QUALITY_VERDICT, text(root.quality()));
        }
        return Optional.of(new BridgeSpan(
                CxoneSpans.CXONE_CONTACT_NAME,
                SpanKind.INTERNAL,
                Traces.root(new ContactKey(root.businessUnit(), root.contact())),
                SpanContext.getInvalid(),
                root.firstEpochNanos(),
                root.lastEpochNanos(),
                StatusData.unset(),
                set.toAttributes(),
                set.totalCount(),
                resource(event, arrival)));
    }

    @Override
    public Optional<LogRecordData> log(Event event, Arrival arrival) {
        return Optional.empty();
    }

    @Override
    public List<Measurement> measurements(Event event, Arrival arrival) {
        return List.of();
    }

    private static String text(Quality quality) {
        return quality.name().toLowerCase(Locale.ROOT);
    }

    private static RootBody root(Event event) {
        if (event.payload() instanceof RootBody root) {
            return root;
        }
        throw new IllegalArgumentException("not a contact: " + event.type());
    }
}
