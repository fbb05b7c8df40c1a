package dev.cxotel.semconv.generator;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.cxotel.semconv.generator.Registry.Metric;
import dev.cxotel.semconv.generator.Registry.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;

/** Metrics, spans, events and the schema URL as Java. */
final class SignalConstants {

    private static final ClassName DEFINITION = JavaNames.own("MetricDefinition");
    private static final Modifier[] CONSTANT = {Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL};

    private final Registry registry;

    SignalConstants(Registry registry) {
        this.registry = registry;
    }

    List<TypeSpec> types() {
        List<TypeSpec> types = new ArrayList<>();
        var families = new TreeMap<String, List<Metric>>();
        for (Metric metric : registry.metrics()) {
            families.computeIfAbsent(JavaNames.family(metric.name()), family -> new ArrayList<>())
                    .add(metric);
        }
        families.forEach((family, metrics) -> types.add(metrics(family, metrics)));
        types.add(spans());
        types.add(events());
        types.add(AttributeConstants.constants("SchemaUrls", "The schema that resource and scope name.")
                .addField(text("CXONE", "The version of this registry.", registry.schemaUrl()))
                .build());
        return types;
    }

    private TypeSpec metrics(String family, List<Metric> metrics) {
        TypeSpec.Builder type = AttributeConstants.constants(
                family + "Metrics",
                "The metrics in the namespace {@code "
                        + metrics.get(0)
                                .name()
                                .substring(0, metrics.get(0).name().indexOf('.')) + "}.");
        metrics.forEach(
                metric -> type.addField(FieldSpec.builder(DEFINITION, JavaNames.constant(metric.name()), CONSTANT)
                        .addJavadoc("$L\n", javadoc(metric))
                        .initializer(definition(metric))
                        .build()));
        return type.addField(list("ALL", "All of these, in the order of the registry.", metrics))
                .addField(list(
                        "OFF_BY_DEFAULT",
                        "Those that are exported only when the configuration switches them on.",
                        metrics.stream().filter(metric -> !metric.enabled()).toList()))
                .build();
    }

    private static FieldSpec list(String constant, String javadoc, List<Metric> metrics) {
        List<CodeBlock> names = metrics.stream()
                .map(metric -> CodeBlock.of("$N", JavaNames.constant(metric.name())))
                .toList();
        return FieldSpec.builder(ParameterizedTypeName.get(ClassName.get(List.class), DEFINITION), constant, CONSTANT)
                .addJavadoc("$L\n", javadoc)
                .initializer("$T.of($>$>\n$L)$<$<", List.class, CodeBlock.join(names, ",\n"))
                .build();
    }

    private CodeBlock definition(Metric metric) {
        List<CodeBlock> bounds = metric.bounds().stream()
                .map(bound -> CodeBlock.of("$Ld", bound))
                .toList();
        return CodeBlock.of(
                "new $T($>$>\n$S,\n$T.$L,\n$S,\n$S,\n$T.of($L),\n$L,\n$L)$<$<",
                DEFINITION,
                metric.name(),
                DEFINITION.nestedClass("Instrument"),
                metric.instrument().toUpperCase(Locale.ROOT),
                metric.unit(),
                metric.brief(),
                List.class,
                CodeBlock.join(bounds, ", "),
                keys(metric, reference -> !reference.optIn()),
                keys(metric, Reference::optIn));
    }

    private CodeBlock keys(Metric metric, Predicate<Reference> which) {
        List<CodeBlock> keys = metric.references().stream()
                .filter(which)
                .map(reference -> key(registry, reference.key()))
                .toList();
        return CodeBlock.of("$T.of($L)", List.class, CodeBlock.join(keys, ", "));
    }

    static CodeBlock key(Registry registry, String key) {
        return CodeBlock.of("$T.$N", JavaNames.attributes(registry, key), JavaNames.constant(key));
    }

    private TypeSpec spans() {
        TypeSpec.Builder type = AttributeConstants.constants("CxoneSpans", "The spans: their types and fixed names.");
        registry.spans().forEach(span -> {
            String constant = JavaNames.constant(span.type());
            type.addField(text(constant, span.brief(), span.type()));
            span.fixedName()
                    .ifPresent(name -> type.addField(text(
                            constant + "_NAME", "The name of every span of the type `" + span.type() + "`.", name)));
        });
        return type.build();
    }

    private TypeSpec events() {
        TypeSpec.Builder type = AttributeConstants.constants("CxoneEvents", "The names of the log events.");
        registry.events()
                .forEach(event -> type.addField(text(JavaNames.constant(event.name()), event.brief(), event.name())));
        return type.build();
    }

    private static FieldSpec text(String constant, String javadoc, String value) {
        return FieldSpec.builder(String.class, constant, CONSTANT)
                .addJavadoc("$L\n", JavaNames.javadoc(javadoc))
                .initializer("$S", value)
                .build();
    }

    private static String javadoc(Metric metric) {
        return JavaNames.javadoc(metric.brief())
                + (metric.note().isEmpty() ? "" : "\n\n<p>" + JavaNames.javadoc(metric.note()));
    }
}
