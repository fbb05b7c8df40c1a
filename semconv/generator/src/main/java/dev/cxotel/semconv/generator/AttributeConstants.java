package dev.cxotel.semconv.generator;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.cxotel.semconv.generator.Registry.Attribute;
import dev.cxotel.semconv.generator.Registry.Reference;
import dev.cxotel.semconv.generator.Registry.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;

/** The attribute keys as Java: one class for each namespace of ours, one for what is OpenTelemetry's. */
final class AttributeConstants {

    private static final ClassName KEY = ClassName.get("io.opentelemetry.api.common", "AttributeKey");
    private static final Modifier[] CONSTANT = {Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL};

    private final Registry registry;
    private final CoreVocabulary core;

    AttributeConstants(Registry registry, CoreVocabulary core) {
        this.registry = registry;
        this.core = core;
    }

    List<TypeSpec> types() {
        List<TypeSpec> types = new ArrayList<>();
        var families = new TreeMap<String, TreeMap<String, Attribute>>();
        for (Attribute attribute : registry.attributes()) {
            families.computeIfAbsent(JavaNames.family(attribute.key()), family -> new TreeMap<>())
                    .put(attribute.key(), attribute);
        }
        families.forEach((family, attributes) -> {
            TypeSpec.Builder type = constants(
                    family + "Attributes",
                    "The attributes in the namespace {@code "
                            + attributes
                                    .firstKey()
                                    .substring(0, attributes.firstKey().indexOf('.')) + "}.");
            attributes.values().forEach(attribute -> add(type, attribute));
            types.add(type.build());
        });
        types.add(coreAttributes());
        return types;
    }

    static TypeSpec.Builder constants(String name, String javadoc) {
        return TypeSpec.classBuilder(name)
                .addJavadoc("$L\n", javadoc)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
    }

    private static void add(TypeSpec.Builder type, Attribute attribute) {
        type.addField(key(attribute.key(), attribute.type(), javadoc(attribute)));
        if (attribute.members().isEmpty()) {
            return;
        }
        TypeSpec.Builder values = constants(
                        JavaNames.type(attribute.key()) + "Values",
                        "The known values of {@code " + attribute.key() + "}.")
                .addModifiers(Modifier.STATIC);
        attribute
                .members()
                .forEach(member ->
                        values.addField(FieldSpec.builder(String.class, JavaNames.constant(member.id()), CONSTANT)
                                .addJavadoc("$L\n", JavaNames.javadoc(member.brief()))
                                .initializer("$S", member.value())
                                .build()));
        type.addType(values.build());
    }

    private TypeSpec coreAttributes() {
        TypeSpec.Builder type =
                constants("CoreAttributes", "The attributes of OpenTelemetry's own vocabulary that the registry uses.");
        TreeSet<String> keys = new TreeSet<>();
        registry.references().map(Reference::key).forEach(keys::add);
        for (String key : keys) {
            if (registry.attribute(key).isEmpty()) {
                ValueType valueType = core.attribute(key).orElseThrow().type().orElseThrow();
                type.addField(key(key, valueType, "{@code " + key + "}, as OpenTelemetry defines it."));
            }
        }
        return type.build();
    }

    private static FieldSpec key(String key, ValueType type, String javadoc) {
        return FieldSpec.builder(ParameterizedTypeName.get(KEY, value(type)), JavaNames.constant(key), CONSTANT)
                .addJavadoc("$L\n", javadoc)
                .initializer("$T.$L($S)", KEY, factory(type), key)
                .build();
    }

    private static String javadoc(Attribute attribute) {
        return JavaNames.javadoc(attribute.brief())
                + (attribute.note().isEmpty() ? "" : "\n\n<p>" + JavaNames.javadoc(attribute.note()));
    }

    private static TypeName value(ValueType type) {
        return switch (type) {
            case STRING -> ClassName.get(String.class);
            case INT -> ClassName.get(Long.class);
            case DOUBLE -> ClassName.get(Double.class);
            case BOOLEAN -> ClassName.get(Boolean.class);
        };
    }

    private static String factory(ValueType type) {
        return switch (type) {
            case STRING -> "stringKey";
            case INT -> "longKey";
            case DOUBLE -> "doubleKey";
            case BOOLEAN -> "booleanKey";
        };
    }
}
