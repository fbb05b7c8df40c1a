package dev.cxotel.bridge.mapping;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.config.MappingConfig;
import java.util.Optional;

/** What of a stored payload an operator is shown: the rules of {@code mapping.privacy} for text hold for it too. */
public final class ShownPayload {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Privacy privacy;

    public ShownPayload(MappingConfig.Privacy config) {
        this.privacy = new Privacy(config);
    }

    public String of(String text) {
        return text.isBlank() ? text : Optional.ofNullable(shown(text)).orElse("(not shown: mapping.privacy.messages)");
    }

    private @org.jspecify.annotations.Nullable String shown(String text) {
        try {
            JsonNode json = JSON.readTree(text);
            return json.isContainerNode() ? privacy.json(json) : privacy.message(text);
        } catch (JsonProcessingException e) {
            return privacy.message(text);
        }
    }
}
