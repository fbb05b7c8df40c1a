package dev.cxotel.bridge.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.cxotel.bridge.event.BodyReader;
import dev.cxotel.bridge.event.Finding;
import dev.cxotel.bridge.event.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The wrapping in which CXone sends script events, and might send others: {@code source}, {@code event}, {@code
 * timestamp} and {@code metadata}. {@code metadata} is a string that holds JSON, an array or an object, with any number
 * of entries. What an entry is, its own content tells; the event's name is not needed, which NICE's example writes with
 * a trailing blank.
 *
 * @param entries in their order; a missing node stands for an entry that is not JSON
 * @param repairs what had to be repaired inside {@code metadata}
 */
record Envelope(List<JsonNode> entries, List<Finding> repairs) {

    private static final String METADATA = "metadata";

    /** Between two entries of a list. */
    private static final Pattern ENTRY_BOUNDARY = Pattern.compile("(?<=\\})\\s*,\\s*(?=\\{)");

    private static final Pattern LIST_BEGINNING = Pattern.compile("\\A\\s*\\[");
    private static final Pattern LIST_END = Pattern.compile("\\]\\s*\\z");

    /** Empty when {@code document} is no envelope. */
    static Optional<Envelope> open(JsonNode document) {
        return document.properties().stream()
                .filter(field -> field.getKey().strip().equalsIgnoreCase(METADATA))
                .findFirst()
                .map(Map.Entry::getValue)
                .map(Envelope::of);
    }

    private static Envelope of(JsonNode metadata) {
        return switch (metadata.getNodeType()) {
            case NULL -> new Envelope(List.of(), List.of());
            case STRING -> ofText(metadata.textValue());
            case OBJECT -> new Envelope(metadata.isEmpty() ? List.of() : List.of(metadata), List.of());
            case ARRAY -> ofArray(metadata);
            case NUMBER, BOOLEAN, BINARY, POJO, MISSING -> new Envelope(List.of(metadata), List.of());
        };
    }

    /** An element may be a string that holds JSON. */
    private static Envelope ofArray(JsonNode array) {
        List<JsonNode> entries = new ArrayList<>();
        List<Finding> repairs = new ArrayList<>();
        for (JsonNode element : array) {
            if (element.isTextual() && BodyReader.readText(element.textValue()) instanceof Reading.Documents read) {
                entries.addAll(read.documents());
                repairs.addAll(read.repairs());
            } else {
                entries.add(element);
            }
        }
        return new Envelope(entries, repairs.stream().distinct().toList());
    }

    private static Envelope ofText(String text) {
        return switch (BodyReader.readText(text)) {
            case Reading.Empty ignored -> new Envelope(List.of(), List.of());
            case Reading.Documents read -> new Envelope(withoutEmptyRoot(read.documents()), read.repairs());
            case Reading.NotJson ignored -> entryByEntry(text);
        };
    }

    /** {@code "metadata": "{}"} and {@code "metadata": "null"} hold nothing. */
    private static List<JsonNode> withoutEmptyRoot(List<JsonNode> documents) {
        boolean nothing = documents.size() == 1
                && (documents.getFirst().isNull()
                        || (documents.getFirst().isObject()
                                && documents.getFirst().isEmpty()));
        return nothing ? List.of() : documents;
    }

    /** Reads a list that is not JSON as a whole, so that a broken entry costs only itself. */
    private static Envelope entryByEntry(String text) {
        String list =
                LIST_END.matcher(LIST_BEGINNING.matcher(text).replaceFirst("")).replaceFirst("");
        List<JsonNode> entries = new ArrayList<>();
        List<Finding> repairs = new ArrayList<>();
        for (String entry : ENTRY_BOUNDARY.split(list, -1)) {
            if (BodyReader.readText(entry) instanceof Reading.Documents read) {
                entries.addAll(read.documents());
                repairs.addAll(read.repairs());
            } else {
                entries.add(MissingNode.getInstance());
            }
        }
        return new Envelope(entries, repairs.stream().distinct().toList());
    }
}
