package dev.cxotel.bridge.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * From bytes to JSON documents, tolerant in form. Strict parsing comes first; repair of broken quoting is a second
 * attempt that never sees a document which parses, and is reported. Understood beside a plain object: byte order mark,
 * UTF-16, arrays of documents, JSON inside a JSON string (two levels), and the forms of {@link Repair}.
 *
 * <p>Numbers keep their digits. Of a key that stands twice in an object the last one counts, which is reported. Nesting
 * deeper than 100, a number of more than 1,000 digits, half a surrogate pair in a key, and characters after the document
 * make a body not JSON.
 */
public final class BodyReader {

    private static final int MAX_NESTING = 100;
    private static final int MAX_NUMBER_LENGTH = 1_000;
    private static final int MAX_STRING_LEVELS = 2;

    private static final ObjectReader LAST_KEY_COUNTS = JsonMapper.builder(JsonFactory.builder()
                    // a table of names shared by all bodies would make the answer depend on earlier ones
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_NESTING)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            // no string is longer than the body, which the receiver limits
                            .maxStringLength(Integer.MAX_VALUE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private static final ObjectReader STRICT =
            LAST_KEY_COUNTS.with(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

    private final Set<Repair> repairs = EnumSet.noneOf(Repair.class);
    private final List<JsonNode> documents = new ArrayList<>();

    private BodyReader() {}

    /** Every byte sequence has an answer. */
    public static Reading read(Bytes body) {
        Optional<BodyText> decoded = BodyText.decode(body);
        if (decoded.isEmpty()) {
            return new Reading.NotJson("The body is neither UTF-8 nor UTF-16.");
        }
        BodyReader reader = new BodyReader();
        reader.repairs.addAll(decoded.get().repairs());
        return reader.reading(decoded.get().text());
    }

    /** Reads JSON that stands in a string, such as the {@code metadata} of a script event; same rules. */
    public static Reading readText(String text) {
        return new BodyReader().reading(text);
    }

    private Reading reading(String text) {
        if (text.isBlank()) {
            return new Reading.Empty();
        }
        return switch (parseTolerantly(text)) {
            case Parsed.Tree tree -> {
                collect(tree.root(), 0);
                yield new Reading.Documents(
                        documents, repairs.stream().map(Repair::finding).toList());
            }
            case Parsed.Broken broken -> new Reading.NotJson(broken.problem());
        };
    }

    /** Adds what {@code value} holds to the documents. */
    private void collect(JsonNode value, int stringLevels) {
        if (value.isArray()) {
            value.forEach(element -> collect(element, stringLevels));
        } else if (value.isTextual() && stringLevels < MAX_STRING_LEVELS && looksLikeDocument(value.textValue())) {
            switch (parseTolerantly(value.textValue())) {
                case Parsed.Tree tree -> {
                    repairs.add(Repair.JSON_IN_STRING);
                    collect(tree.root(), stringLevels + 1);
                }
                case Parsed.Broken ignored -> documents.add(value);
            }
        } else {
            documents.add(value);
        }
    }

    private static boolean looksLikeDocument(String text) {
        String trimmed = text.strip();
        return !trimmed.isEmpty() && "{[\"".indexOf(trimmed.charAt(0)) >= 0;
    }

    private Parsed parseTolerantly(String text) {
        Parsed strict = parse(text);
        if (strict instanceof Parsed.Tree) {
            return strict;
        }
        Set<Repair> tried = EnumSet.noneOf(Repair.class);
        Optional<String> unescaped = EscapedDocument.unescape(text, tried);
        Parsed repaired = unescaped.map(this::parse).orElse(strict);
        if (repaired instanceof Parsed.Broken) {
            repaired = parse(QuoteRepair.repair(unescaped.orElse(text), tried));
        }
        if (repaired instanceof Parsed.Broken) {
            return strict;
        }
        repairs.addAll(tried);
        return repaired;
    }

    private Parsed parse(String text) {
        try {
            return new Parsed.Tree(STRICT.readTree(text));
        } catch (MismatchedInputException e) {
            return parseWithDuplicateKeys(text);
        } catch (JsonProcessingException e) {
            return Parsed.Broken.of(e);
        } catch (ArithmeticException | NumberFormatException e) {
            return new Parsed.Broken("A number has an exponent that no number can have.");
        }
    }

    private Parsed parseWithDuplicateKeys(String text) {
        try {
            JsonNode root = LAST_KEY_COUNTS.readTree(text);
            repairs.add(Repair.DUPLICATE_KEY);
            return new Parsed.Tree(root);
        } catch (JsonProcessingException e) {
            return Parsed.Broken.of(e);
        } catch (ArithmeticException | NumberFormatException e) {
            return new Parsed.Broken("A number has an exponent that no number can have.");
        }
    }

    /** One attempt of the strict parser. */
    private sealed interface Parsed {

        record Tree(JsonNode root) implements Parsed {}

        record Broken(String problem) implements Parsed {

            /** Only the place: the parser's own message quotes the payload. */
            static Broken of(JsonProcessingException e) {
                var location = e.getLocation();
                return new Broken(
                        location == null
                                ? "The body is not JSON."
                                : "The body is not JSON at line " + location.getLineNr() + ", column "
                                        + location.getColumnNr() + ".");
            }
        }
    }
}
