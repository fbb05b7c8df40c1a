package dev.cxotel.semconv.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The vocabulary as it stands in the files, with groups replaced by what they hold.
 *
 * @param schemaUrl from the manifest
 * @param resource the references of the public groups
 */
record Registry(
        String schemaUrl,
        List<Attribute> attributes,
        List<Reference> resource,
        List<Metric> metrics,
        List<Span> spans,
        List<Event> events) {

    /** The references of all signals and of the resource, repeated ones included. */
    Stream<Reference> references() {
        return Stream.of(
                        resource.stream(),
                        metrics.stream().flatMap(metric -> metric.references().stream()),
                        spans.stream().flatMap(span -> span.references().stream()),
                        events.stream().flatMap(event -> event.references().stream()))
                .flatMap(references -> references);
    }

    Optional<Attribute> attribute(String key) {
        return attributes.stream()
                .filter(attribute -> attribute.key().equals(key))
                .findFirst();
    }

    Optional<Metric> metric(String name) {
        return metrics.stream().filter(metric -> metric.name().equals(name)).findFirst();
    }

    /** The payloads that signals are made from, in the order of the files. */
    List<Payload> payloads() {
        List<Payload> payloads = new ArrayList<>();
        spans.forEach(span -> span.payload().ifPresent(payloads::add));
        events.forEach(event -> event.payload().ifPresent(payloads::add));
        return payloads;
    }

    /** The types of attribute that the registry uses. */
    enum ValueType {
        STRING,
        INT,
        DOUBLE,
        BOOLEAN;

        static ValueType of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }
    }

    /** How much an exported value may tell of a person, from nothing to a name. */
    enum Privacy {
        NONE,
        IDENTIFIER,
        LOCATION,
        URL,
        FREE_TEXT,
        PERSONAL
    }

    /**
     * An attribute that this registry defines.
     *
     * @param members the known values; empty when there is no such list
     */
    record Attribute(
            String key,
            ValueType type,
            List<Member> members,
            String brief,
            String note,
            List<Object> examples,
            Privacy privacy,
            Place place) {}

    /** A known value of an attribute. */
    record Member(String id, String value, String brief) {}

    /**
     * The use of an attribute by a signal.
     *
     * @param level {@code required}, {@code recommended}, {@code opt_in}, or the condition
     * @param sourceField the payload's field that it comes from, as CXone writes it
     * @param type what the author takes an attribute of OpenTelemetry's core to be
     */
    record Reference(
            String key,
            String level,
            Optional<String> brief,
            List<Object> examples,
            Optional<String> sourceField,
            Optional<ValueType> type,
            Optional<Privacy> privacy,
            Place place) {

        boolean optIn() {
            return level.equals("opt_in");
        }
    }

    /**
     * A metric.
     *
     * @param bounds of an explicit histogram
     * @param enabled whether it is exported unless the configuration says otherwise
     */
    record Metric(
            String name,
            String instrument,
            String unit,
            String brief,
            String note,
            List<Double> bounds,
            boolean enabled,
            List<Reference> references,
            Place place) {}

    /**
     * A span.
     *
     * @param fixedName its name, when every span of the type bears the same
     */
    record Span(
            String type,
            String kind,
            String nameNote,
            Optional<String> fixedName,
            String brief,
            String note,
            List<Reference> references,
            Optional<Payload> payload,
            Place place) {}

    /** A log record with a name. */
    record Event(
            String name,
            String brief,
            String note,
            List<Reference> references,
            Optional<Payload> payload,
            Place place) {}

    /**
     * A kind of JSON object that CXone sends.
     *
     * @param references those of the signal, with the fields they come from
     * @param fields the fields that become something else than an attribute
     */
    record Payload(String name, List<Reference> references, List<Structure> fields, Place place) {}

    /** A field that becomes something else than an attribute. */
    record Structure(String field, String becomes, Optional<String> metric) {}
}
