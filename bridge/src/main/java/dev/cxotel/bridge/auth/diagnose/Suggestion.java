package dev.cxotel.bridge.auth.diagnose;

import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.Carrier;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import java.util.Locale;
import java.util.Optional;

/** The lines of a configuration that name a scheme. */
final class Suggestion {

    private Suggestion() {}

    /** @param algorithm the only one that is to be allowed */
    static String of(Scheme scheme, Optional<Algorithm> algorithm) {
        if (!scheme.name().equals(Scheme.CUSTOM) || !(scheme instanceof TemplateScheme template)) {
            return "scheme: " + scheme.name() + "\n";
        }
        StringBuilder text = new StringBuilder("scheme: custom\ncustom:\n  signature: { ");
        text.append(carrier(template.signature()))
                .append(", encoding: ")
                .append(word(template.encoding()))
                .append(" }\n");
        template.timestamp().ifPresent(timestamp -> text.append("  timestamp: { ")
                .append(carrier(timestamp.carrier()))
                .append(", unit: ")
                .append(word(timestamp.unit()))
                .append(" }\n"));
        template.consumerId().ifPresent(carrier -> text.append("  consumer_id: { ")
                .append(carrier(carrier))
                .append(" }\n"));
        template.keyVersion().ifPresent(carrier -> text.append("  key_version: { ")
                .append(carrier(carrier))
                .append(" }\n"));
        text.append("  string_to_sign: { parts: [ ")
                .append(quoted(template.template().toText()))
                .append(" ] }\n");
        Algorithm only = algorithm.orElse(template.algorithms().getFirst().algorithm());
        String prefix = template.algorithms().stream()
                .filter(allowed ->
                        allowed.algorithm() == only && !allowed.prefix().isEmpty())
                .map(allowed -> ", prefix: " + quoted(allowed.prefix()))
                .findFirst()
                .orElse("");
        return text.append("  algorithms: [ { name: ")
                .append(word(only))
                .append(prefix)
                .append(" } ]\n")
                .toString();
    }

    private static String carrier(Carrier carrier) {
        return "in: " + word(carrier.place()) + ", name: " + quoted(carrier.name())
                + (carrier.separator().isEmpty() ? "" : ", separator: " + quoted(carrier.separator()))
                + (carrier.prefix().isEmpty() ? "" : ", prefix: " + quoted(carrier.prefix()));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String quoted(String text) {
        return '"'
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("$", "$$")
                + '"';
    }
}
