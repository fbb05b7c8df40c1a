package dev.cxotel.bridge.scriptapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.event.Payload;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One API call that a Studio script made, or one half of it: an entry of a script event's {@code metadata}. Ids are
 * plain decimal text when they are numbers; an absent, null or blank field is {@code null}.
 *
 * @param messageId {@code null} also for the empty UUID and 0, which identify nothing
 * @param scriptVersion what follows the slash in {@code scriptId/version}
 * @param time {@code null} when the entry does not say; it is then the receive time
 * @param responseCode as text, such as {@code 200}, {@code -1} or {@code 200 OK}
 * @param responseTime as text; the unit is a matter of configuration
 * @param unmapped the fields that the registry does not know, as they came
 */
public record ScriptApiCall(
        @Nullable String businessUnit,
        @Nullable String messageId,
        @Nullable String contactId,
        @Nullable String masterContactId,
        @Nullable String scriptId,
        @Nullable String scriptVersion,
        @Nullable String scriptName,
        @Nullable String actionId,
        @Nullable String actionName,
        @Nullable String actionLabel,
        @Nullable CallTime time,
        @Nullable String endpoint,
        @Nullable String responseCode,
        @Nullable String responseMessage,
        @Nullable String responseTime,
        ObjectNode unmapped)
        implements Payload {

    /** What tells this script from others of its tenant: its id, else its name. */
    Optional<String> script() {
        return Optional.ofNullable(scriptId).or(() -> Optional.ofNullable(scriptName));
    }

    /** What tells this action from others of its tenant: script and node, else the name. */
    Optional<String> action() {
        return Optional.ofNullable(actionId)
                .or(() -> Optional.ofNullable(actionName))
                .map(action -> script().map(script -> script + "#" + action).orElse(action));
    }
}
