package dev.cxotel.bridge.event;

/**
 * What makes an event itself. A repeat is dropped only when its content repeats: same key and same content is a
 * duplicate; same key and other content is kept, and counted as {@link #onChange()} says.
 *
 * @param key what groups related events: for a script API call business unit and message id; for a voice-quality
 *     record the fields that name the leg
 * @param content SHA-256 of the event's canonical JSON, envelope excluded; for a script event without message id, of
 *     the whole body and the index
 * @param onChange what another content under the same key is called
 */
public record Identity(Hash key, Hash content, OnChange onChange) {

    /** What a new content under a known key is. */
    public enum OnChange {
        /** A later state of the same call; numbered, exported under a span id of its own. */
        REVISION,
        /** Another record that merely looks related, such as the other leg of a call. */
        SIMILAR
    }
}
