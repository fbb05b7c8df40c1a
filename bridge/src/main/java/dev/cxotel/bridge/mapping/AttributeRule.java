package dev.cxotel.bridge.mapping;

import java.util.Optional;

/** What becomes of attributes' values before they leave the bridge. */
public interface AttributeRule {

    /** Everything leaves as it is. */
    AttributeRule NONE = new AttributeRule() {
        @Override
        public boolean concerns(String attribute) {
            return false;
        }

        @Override
        public Optional<Shown> apply(String attribute, String value) {
            return Optional.of(new Shown(value, Optional.empty()));
        }
    };

    /** Whether values of this attribute are anything but left as they are. */
    boolean concerns(String attribute);

    /** What leaves instead of {@code value}; empty when nothing does. */
    Optional<Shown> apply(String attribute, String value);

    /**
     * A value that leaves.
     *
     * @param keyId of the key that made the pseudonym, if it is one
     */
    record Shown(String text, Optional<String> keyId) {}
}
