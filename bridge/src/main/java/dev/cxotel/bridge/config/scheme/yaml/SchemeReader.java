package dev.cxotel.bridge.config.scheme.yaml;

import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.AllowedAlgorithm;
import dev.cxotel.bridge.config.scheme.Carrier;
import dev.cxotel.bridge.config.scheme.Encoding;
import dev.cxotel.bridge.config.scheme.MessageScheme;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.Template;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import dev.cxotel.bridge.config.scheme.Timestamp;
import dev.cxotel.bridge.config.scheme.Tolerance;
import dev.cxotel.bridge.config.yaml.Section;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads a scheme from YAML, of a preset or of the key {@code custom}; the schema has judged words and types. */
public final class SchemeReader {

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");

    private SchemeReader() {}

    /** The scheme; empty when something is missing or wrong, which is then a problem of the section. */
    public static Optional<Scheme> read(String name, Section section) {
        return section.has("components") ? message(name, section) : template(name, section);
    }

    private static Optional<Scheme> message(String name, Section section) {
        for (String key : List.of("signature", "consumer_id", "key_version", "string_to_sign")) {
            if (section.has(key)) {
                section.keyProblem(key, "goes with `string_to_sign`, not with the `components` of RFC 9421");
            }
        }
        List<String> components = section.list("components");
        for (int i = 0; i < components.size(); i++) {
            String component = components.get(i);
            boolean header = TOKEN.matcher(component).matches() && component.equals(component.toLowerCase(Locale.ROOT));
            if (!header && !MessageScheme.DERIVED.contains(component)) {
                section.problem(
                        "components",
                        i,
                        "\"" + component + "\" is neither a header's name in lower case nor one of "
                                + MessageScheme.DERIVED.stream().sorted().collect(Collectors.joining(", ")));
            }
        }
        return Optional.of(new MessageScheme(
                name, algorithms(section), tolerance(section), components, section.flag("require_created", true)));
    }

    private static Optional<Scheme> template(String name, Section section) {
        Optional<Template> template = stringToSign(section.section("string_to_sign"));
        if (!section.has("signature") || !section.has("string_to_sign")) {
            section.problem("a scheme needs `signature` and `string_to_sign`, or the `components` of RFC 9421");
            return Optional.empty();
        }
        if (template.isEmpty()) {
            return Optional.empty();
        }
        Optional<Carrier> consumerId = carrier(section, "consumer_id");
        Optional<Carrier> keyVersion = carrier(section, "key_version");
        Optional<Timestamp> timestamp = carrier(section, "timestamp")
                .map(carrier -> new Timestamp(
                        carrier,
                        section.section("timestamp").choice("unit", words(Timestamp.Unit.values()), Timestamp.Unit.S)));
        demand(section, template.get(), Template.Value.CONSUMER_ID, consumerId.isPresent(), "consumer_id");
        demand(section, template.get(), Template.Value.KEY_VERSION, keyVersion.isPresent(), "key_version");
        demand(section, template.get(), Template.Value.TIMESTAMP, timestamp.isPresent(), "timestamp");
        Carrier signature = carrier(section, "signature").orElseThrow();
        return Optional.of(new TemplateScheme(
                name,
                signature,
                section.section("signature").choice("encoding", words(Encoding.values()), Encoding.BASE64),
                algorithms(section),
                timestamp,
                tolerance(section),
                consumerId,
                keyVersion,
                template.get()));
    }

    private static void demand(Section section, Template template, Template.Value value, boolean carried, String key) {
        if (template.uses(value) && !carried) {
            section.problem(
                    "string_to_sign",
                    "names {" + value.placeholder() + "}, but `" + key + "` does not say where a"
                            + " request carries it");
        }
    }

    private static Optional<Template> stringToSign(Section section) {
        String separator = section.text("separator").orElse("");
        String text = Stream.of(section.list("parts"))
                .map(parts -> String.join(separator.replace("{", "{{").replace("}", "}}"), parts))
                .map(joined -> section.flag("trailing_newline", false) ? joined + "\n" : joined)
                .findFirst()
                .orElse("");
        try {
            return Optional.of(Template.parse(text));
        } catch (IllegalArgumentException e) {
            section.problem("parts", String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<Carrier> carrier(Section section, String key) {
        if (!section.has(key)) {
            return Optional.empty();
        }
        Section carrier = section.section(key);
        String name = carrier.text("name").orElse("");
        Carrier.Place place = carrier.choice("in", words(Carrier.Place.values()), Carrier.Place.HEADER);
        if (place == Carrier.Place.HEADER
                && !name.isEmpty()
                && !TOKEN.matcher(name).matches()) {
            carrier.problem("name", "\"" + name + "\" cannot be a header's name");
        }
        return Optional.of(new Carrier(
                place,
                name,
                carrier.text("separator").orElse(""),
                carrier.text("prefix").orElse("")));
    }

    private static List<AllowedAlgorithm> algorithms(Section section) {
        Map<String, Algorithm> words = words(Algorithm.values());
        return section.sections("algorithms").stream()
                .map(each -> new AllowedAlgorithm(
                        each.choice("name", words, Algorithm.RSA_SHA256),
                        each.text("prefix").orElse("")))
                .toList();
    }

    private static Tolerance tolerance(Section section) {
        Section tolerance = section.section("tolerance");
        return new Tolerance(
                tolerance.duration("past", Tolerance.DEFAULT.past()),
                tolerance.duration("future", Tolerance.DEFAULT.future()));
    }

    private static <E extends Enum<E>> Map<String, E> words(E[] constants) {
        return Stream.of(constants)
                .collect(Collectors.toMap(each -> each.name().toLowerCase(Locale.ROOT), each -> each));
    }
}
