package dev.cxotel.bridge.testing.torture;

import dev.cxotel.bridge.event.Ids;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which contact a numbered event tells of: five events of both feeds have one in common, some other contacts' events
 * between them. Contacts have numbers from 1 on; their business unit has another name in each feed.
 */
final class NumberedContacts {

    /** The mapping under which both feeds' contacts are the same; they close within a run. */
    static final String MAPPING = """
            mapping:
              trace: { idle_timeout: 2s, max_duration: 3h }
              business_units: { "4600000": "1337" }
            """;

    static final long IDLE_NANOS = 2_000_000_000L;

    private static final int EVENTS = 5;
    /** Not even, so that a contact has events of every kind. */
    private static final int APART = 41;

    private static final int BLOCK = EVENTS * APART;
    private static final int FIRST_MASTER = 500_000_000;
    private static final String BUSINESS_UNIT = "1337";

    /**
     * The root span of a contact as a backend has it.
     *
     * @param genuine whether its ids are those of the recipe in TRACES.md, without a parent
     */
    record Root(int contact, boolean genuine, long id, long legs, long calls, long errors, long start, long end) {

        /** Empty for any other span. */
        static Optional<Root> of(Span span) {
            Optional<Integer> contact = text(span, "cxone.contact.master_id")
                    .map(Integer::parseInt)
                    .filter(master -> number(span, "cxone.contact.leg.count").isPresent())
                    .map(master -> master - FIRST_MASTER);
            return contact.map(number -> new Root(
                    number,
                    isGenuine(span, number),
                    span.getSpanId().asReadOnlyByteBuffer().getLong(),
                    number(span, "cxone.contact.leg.count").orElse(-1L),
                    number(span, "cxone.contact.api_call.count").orElse(-1L),
                    number(span, "cxone.contact.error.count").orElse(-1L),
                    span.getStartTimeUnixNano(),
                    span.getEndTimeUnixNano()));
        }

        /** How many events it counts. */
        long events() {
            return legs + calls;
        }
    }

    private NumberedContacts() {}

    /** The contact of the event. */
    static int of(int number) {
        int block = (number - 1) / BLOCK;
        return block * APART + (number - 1) % APART + 1;
    }

    /** How many contacts the events up to {@code last} tell of. */
    static int count(int last) {
        return last / BLOCK * APART + Math.min(last % BLOCK, APART);
    }

    /** The events of the contact up to {@code last}, in order. */
    static List<Integer> events(int contact, int last) {
        int first = (contact - 1) / APART * BLOCK + (contact - 1) % APART + 1;
        return IntStream.range(0, EVENTS)
                .map(i -> first + i * APART)
                .filter(number -> number <= last)
                .boxed()
                .toList();
    }

    /** CXone's number of the contact. */
    static String master(int contact) {
        return Integer.toString(FIRST_MASTER + contact);
    }

    /** The contact's key in the journal. */
    static String key(int contact) {
        return BUSINESS_UNIT + "|" + master(contact);
    }

    /** The root that the contact has when all of {@code events} count in it. */
    static Root whole(int contact, List<Integer> events) {
        long legs = events.stream()
                .filter(number -> NumberedEvents.kind(number) == NumberedEvents.Kind.RECORD)
                .count();
        long errors = events.stream()
                .filter(number -> NumberedEvents.kind(number) == NumberedEvents.Kind.FAILED_CALL)
                .count();
        return new Root(
                contact,
                true,
                HexFormat.fromHexDigitsToLong(Ids.spanOfContact(BUSINESS_UNIT, master(contact))),
                legs,
                events.size() - legs,
                errors,
                events.stream()
                        .mapToLong(number -> nanos(NumberedEvents.start(number)))
                        .min()
                        .orElseThrow(),
                events.stream()
                        .mapToLong(number -> nanos(NumberedEvents.at(number)))
                        .max()
                        .orElseThrow());
    }

    private static long nanos(java.time.Instant at) {
        return at.getEpochSecond() * 1_000_000_000L + at.getNano();
    }

    private static boolean isGenuine(Span span, int contact) {
        HexFormat hex = HexFormat.of();
        return hex.formatHex(span.getSpanId().toByteArray()).equals(Ids.spanOfContact(BUSINESS_UNIT, master(contact)))
                && hex.formatHex(span.getTraceId().toByteArray())
                        .equals(Ids.traceOfContact(BUSINESS_UNIT, master(contact)))
                && span.getParentSpanId().isEmpty()
                && span.getName().equals("contact");
    }

    private static Optional<Long> number(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(KeyValue::getValue)
                .map(value -> value.getIntValue())
                .findFirst();
    }

    private static Optional<String> text(Span span, String name) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals(name))
                .map(KeyValue::getValue)
                .map(value -> value.getStringValue())
                .findFirst();
    }
}
