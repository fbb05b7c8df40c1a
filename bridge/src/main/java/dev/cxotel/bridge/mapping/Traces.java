package dev.cxotel.bridge.mapping;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.event.Ids;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where an event stands in the traces: its contact, its trace and its parent. */
public final class Traces {

    private final Map<String, String> aliases;
    private final boolean rootSpan;

    public Traces(MappingConfig mapping) {
        this.aliases = mapping.businessUnits();
        this.rootSpan = mapping.trace().rootSpan();
    }

    /** The business unit under its configured alias; an absent one is an empty text. */
    public String businessUnit(@Nullable String raw) {
        if (raw == null) {
            return "";
        }
        return aliases.getOrDefault(raw, raw);
    }

    /** The contact of an event, unless neither id is usable. */
    public Optional<ContactKey> contact(
            @Nullable String businessUnit, @Nullable String masterContact, @Nullable String contact) {
        String usable = ContactKey.usable(masterContact) ? masterContact : contact;
        if (usable == null || !ContactKey.usable(usable)) {
            return Optional.empty();
        }
        return Optional.of(new ContactKey(businessUnit(businessUnit), usable));
    }

    /**
     * The context of an event's span.
     *
     * @param content what the trace id is made from without a contact: the content hash, or body hash and index
     */
    public SpanContext context(Optional<ContactKey> contact, String spanId, String content) {
        String traceId = contact.map(key -> Ids.traceOfContact(key.businessUnit(), key.contact()))
                .orElseGet(() -> Ids.traceOfContent(content));
        return sampled(traceId, spanId);
    }

    /** The contact's root span as parent; invalid without a contact, or when roots are not sent. */
    public SpanContext parent(Optional<ContactKey> contact) {
        return rootSpan ? contact.map(Traces::root).orElseGet(SpanContext::getInvalid) : SpanContext.getInvalid();
    }

    /** The context of the contact's root span. */
    public static SpanContext root(ContactKey contact) {
        return sampled(
                Ids.traceOfContact(contact.businessUnit(), contact.contact()),
                Ids.spanOfContact(contact.businessUnit(), contact.contact()));
    }

    private static SpanContext sampled(String traceId, String spanId) {
        return SpanContext.create(traceId, spanId, TraceFlags.getSampled(), TraceState.getDefault());
    }
}
