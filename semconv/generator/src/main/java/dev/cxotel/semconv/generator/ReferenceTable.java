package dev.cxotel.semconv.generator;

import dev.cxotel.semconv.generator.Registry.Attribute;
import dev.cxotel.semconv.generator.Registry.Member;
import dev.cxotel.semconv.generator.Registry.Metric;
import dev.cxotel.semconv.generator.Registry.Payload;
import dev.cxotel.semconv.generator.Registry.Privacy;
import dev.cxotel.semconv.generator.Registry.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The registry as Markdown for people. */
final class ReferenceTable {

    private static final String CXONE = "cxone.";
    private static final String BRIDGE = "cxotel.";

    private final Registry registry;
    private final CoreVocabulary core;
    private final List<PayloadRow> rows = new ArrayList<>();
    private final Markdown page = new Markdown();

    ReferenceTable(Registry registry, CoreVocabulary core) {
        this.registry = registry;
        this.core = core;
        registry.payloads().forEach(payload -> rows.addAll(PayloadRow.Rows.of(registry, payload)));
    }

    String markdown() {
        page.heading(1, "What cxotel exports");
        page.paragraph("Generated from the registry in `model/`; do not edit. Schema URL: `" + registry.schemaUrl()
                + "`, on resource and scope. *From* is the field as CXone writes it. *Privacy* says how much a value may"
                + " tell of a person: " + privacyClasses() + ".");
        page.heading(2, "Metrics");
        metrics(CXONE);
        page.heading(3, "Their attributes");
        page.paragraph("By default each metric carries few and bounded attributes; `mapping.metrics` adds others.");
        metricAttributes();
        page.heading(2, "Attributes");
        attributes(CXONE);
        page.heading(3, "OpenTelemetry's own");
        coreAttributes();
        page.heading(2, "Spans");
        spans();
        page.heading(2, "Events");
        events();
        page.heading(2, "Resource");
        resource();
        page.heading(2, "Payloads");
        registry.payloads().forEach(this::payload);
        page.heading(2, "The bridge's own metrics");
        page.paragraph("On `/metrics`, and to the destinations with `self_telemetry: true`.");
        selfMetrics();
        page.heading(3, "Their attributes");
        selfAttributes();
        return page.toString();
    }

    private static String privacyClasses() {
        return Arrays.stream(Privacy.values()).map(ReferenceTable::code).collect(Collectors.joining(", "));
    }

    private void metrics(String namespace) {
        page.table("Metric", "Instrument", "Unit", "From", "Bounds", "Description");
        for (Metric metric : metricsOf(namespace)) {
            page.row(
                    code(metric.name()),
                    metric.instrument(),
                    code(metric.unit()),
                    fields(row -> row.metric().filter(metric.name()::equals).isPresent()),
                    metric.bounds().stream().map(ReferenceTable::number).collect(Collectors.joining(" ")),
                    metric.brief() + (metric.note().isEmpty() ? "" : " " + metric.note()));
        }
    }

    /** Metrics with the same attributes share a row. */
    private void metricAttributes() {
        Map<List<String>, List<String>> byAttributes = new LinkedHashMap<>();
        for (Metric metric : metricsOf(CXONE)) {
            List<String> key = List.of(
                    keys(metric.references(), reference -> !reference.optIn()),
                    keys(metric.references(), Reference::optIn));
            byAttributes.computeIfAbsent(key, it -> new ArrayList<>()).add(code(metric.name()));
        }
        page.table("Metrics", "By default", "Opt-in");
        byAttributes.forEach(
                (attributes, metrics) -> page.row(String.join(", ", metrics), attributes.get(0), attributes.get(1)));
    }

    private static String keys(List<Reference> references, Predicate<Reference> which) {
        return references.stream()
                .filter(which)
                .map(reference -> code(reference.key()))
                .collect(Collectors.joining(", "));
    }

    private void attributes(String namespace) {
        page.table("Attribute", "Type", "Privacy", "From", "On", "Description");
        for (Attribute attribute : attributesOf(namespace)) {
            page.row(
                    code(attribute.key()),
                    JavaNames.lower(attribute.type()),
                    JavaNames.lower(attribute.privacy()),
                    fields(row -> row.attributes().contains(attribute.key())),
                    on(attribute.key()),
                    description(attribute));
        }
    }

    private void coreAttributes() {
        Set<String> keys = new TreeSet<>();
        registry.references().map(Reference::key).forEach(keys::add);
        keys.removeIf(key -> registry.attribute(key).isPresent());
        page.table("Attribute", "Type", "Privacy", "From", "On", "Use");
        for (String key : keys) {
            List<Reference> uses = registry.references()
                    .filter(reference -> reference.key().equals(key))
                    .toList();
            page.row(
                    code(key),
                    JavaNames.lower(core.attribute(key).orElseThrow().type().orElseThrow()),
                    JavaNames.lower(uses.stream()
                            .flatMap(use -> use.privacy().stream())
                            .max(Comparator.naturalOrder())
                            .orElse(Privacy.NONE)),
                    fields(row -> row.attributes().contains(key)),
                    on(key),
                    use(uses));
        }
    }

    private static String use(List<Reference> uses) {
        String briefs =
                uses.stream().flatMap(use -> use.brief().stream()).distinct().collect(Collectors.joining(" "));
        return briefs.isEmpty() ? "As OpenTelemetry defines it." : briefs;
    }

    private void spans() {
        page.table("Type", "Kind", "Name", "Description");
        registry.spans()
                .forEach(span -> page.row(
                        code(span.type()), span.kind(), span.nameNote(), sentences(span.brief(), span.note())));
    }

    private void events() {
        page.table("Event", "Description");
        registry.events().forEach(event -> page.row(code(event.name()), sentences(event.brief(), event.note())));
    }

    private void resource() {
        page.table("Attribute", "Requirement", "Use");
        registry.resource()
                .forEach(reference -> page.row(
                        code(reference.key()),
                        reference.level().replace('_', '-'),
                        reference.brief().orElseGet(() -> reference.examples().stream()
                                .map(ReferenceTable::code)
                                .collect(Collectors.joining(", ")))));
    }

    private void payload(Payload payload) {
        page.heading(3, code(payload.name()));
        page.table("Field", "Becomes", "Privacy");
        for (PayloadRow row : PayloadRow.Rows.of(registry, payload)) {
            page.row(
                    code(row.field()),
                    row.attributes().isEmpty()
                            ? row.becomes()
                            : row.attributes().stream()
                                    .map(ReferenceTable::code)
                                    .collect(Collectors.joining(", ")),
                    JavaNames.lower(row.privacy()));
        }
    }

    private void selfMetrics() {
        page.table("Metric", "Instrument", "Unit", "Attributes", "Description");
        for (Metric metric : metricsOf(BRIDGE)) {
            page.row(
                    code(metric.name()),
                    metric.instrument(),
                    code(metric.unit()),
                    keys(metric.references(), reference -> true),
                    sentences(metric.brief(), metric.note()));
        }
    }

    private void selfAttributes() {
        page.table("Attribute", "Type", "Description");
        attributesOf(BRIDGE)
                .forEach(attribute ->
                        page.row(code(attribute.key()), JavaNames.lower(attribute.type()), description(attribute)));
    }

    private List<Metric> metricsOf(String namespace) {
        return registry.metrics().stream()
                .filter(metric -> metric.name().startsWith(namespace))
                .toList();
    }

    private List<Attribute> attributesOf(String namespace) {
        return registry.attributes().stream()
                .filter(attribute -> attribute.key().startsWith(namespace))
                .toList();
    }

    private String fields(Predicate<PayloadRow> which) {
        return rows.stream()
                .filter(which)
                .map(row -> code(row.field()))
                .distinct()
                .collect(Collectors.joining(", "));
    }

    /** The signals that carry the attribute; metrics have a table of their own. */
    private String on(String key) {
        Predicate<Reference> same = reference -> reference.key().equals(key);
        List<String> on = new ArrayList<>();
        if (registry.metrics().stream()
                .flatMap(metric -> metric.references().stream())
                .anyMatch(same)) {
            on.add("metrics");
        }
        registry.spans().stream()
                .filter(span -> span.references().stream().anyMatch(same))
                .forEach(span -> on.add("span " + code(span.type())));
        registry.events().stream()
                .filter(event -> event.references().stream().anyMatch(same))
                .forEach(event -> on.add("event " + code(event.name())));
        if (registry.resource().stream().anyMatch(same)) {
            on.add("resource");
        }
        return String.join(", ", on);
    }

    private static String description(Attribute attribute) {
        String values = attribute.members().stream().map(ReferenceTable::value).collect(Collectors.joining("; "));
        return sentences(attribute.brief(), attribute.note()) + (values.isEmpty() ? "" : " Values: " + values + ".");
    }

    private static String value(Member member) {
        String brief = member.brief().replaceAll("\\.$", "");
        return code(member.value()) + " (" + brief.substring(0, 1).toLowerCase(Locale.ROOT) + brief.substring(1) + ")";
    }

    private static String sentences(String brief, String note) {
        return note.isEmpty() ? brief : brief + " " + note;
    }

    private static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String code(Object text) {
        return "`" + (text instanceof Enum<?> constant ? JavaNames.lower(constant) : text) + "`";
    }
}
