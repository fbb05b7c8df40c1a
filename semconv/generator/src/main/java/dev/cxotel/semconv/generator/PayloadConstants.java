package dev.cxotel.semconv.generator;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.cxotel.semconv.generator.PayloadRow.Rows;
import dev.cxotel.semconv.generator.Registry.Payload;
import java.util.List;
import java.util.Optional;
import javax.lang.model.element.Modifier;

/** The fields of each payload as Java. */
final class PayloadConstants {

    private final Registry registry;

    PayloadConstants(Registry registry) {
        this.registry = registry;
    }

    TypeSpec type() {
        TypeSpec.Builder type = AttributeConstants.constants(
                "PayloadFields", "The fields of what CXone sends, each with what becomes of it.");
        for (Payload payload : registry.payloads()) {
            List<CodeBlock> rows =
                    Rows.of(registry, payload).stream().map(this::row).toList();
            type.addField(FieldSpec.builder(
                            ParameterizedTypeName.get(ClassName.get(List.class), JavaNames.own("PayloadField")),
                            JavaNames.constant(payload.name()),
                            Modifier.PUBLIC,
                            Modifier.STATIC,
                            Modifier.FINAL)
                    .addJavadoc("Every field of {@code $L}; any other is unknown.\n", payload.name())
                    .initializer("$T.of($>$>\n$L)$<$<", List.class, CodeBlock.join(rows, ",\n"))
                    .build());
        }
        return type.build();
    }

    private CodeBlock row(PayloadRow row) {
        List<CodeBlock> keys = row.attributes().stream()
                .map(key -> SignalConstants.key(registry, key))
                .toList();
        CodeBlock metric = row.metric()
                .map(name -> CodeBlock.of(
                        "$T.of($T.$N)",
                        Optional.class,
                        JavaNames.own(JavaNames.family(name) + "Metrics"),
                        JavaNames.constant(name)))
                .orElse(CodeBlock.of("$T.empty()", Optional.class));
        return CodeBlock.of(
                "new $T($S, $T.of($L), $L, $T.$L, $S)",
                JavaNames.own("PayloadField"),
                row.field(),
                List.class,
                CodeBlock.join(keys, ", "),
                metric,
                JavaNames.own("PrivacyClass"),
                row.privacy().name(),
                row.becomes());
    }
}
