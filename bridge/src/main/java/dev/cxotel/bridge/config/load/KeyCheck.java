package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import java.util.Optional;

/** What knows whether a key can be used. The configuration's reader knows of files and texts only. */
@FunctionalInterface
public interface KeyCheck {

    /** Looks at no key. */
    KeyCheck NONE = (signature, key) -> Optional.empty();

    /** What is wrong with one key of {@code signature}; never shows a secret. */
    Optional<String> problem(SignatureConfig signature, SignatureKeyConfig key);
}
