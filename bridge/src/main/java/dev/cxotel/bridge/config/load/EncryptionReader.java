package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.SecretKey;
import dev.cxotel.bridge.config.yaml.Section;
import dev.cxotel.bridge.event.Bytes;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** The section {@code journal.encryption}. */
final class EncryptionReader {

    private static final String KEY = "key";
    private static final String KEYS = "keys";
    private static final int KEY_BYTES = 32;
    private static final String WANTED =
            "a key is 32 bytes as 64 hexadecimal digits or as Base64; make one with `openssl rand -hex 32`";

    private EncryptionReader() {}

    /** The newest first. */
    static List<SecretKey> read(Section encryption) {
        List<SecretKey> keys = new ArrayList<>();
        encryption.text(KEY).ifPresent(text -> parsed(text)
                .ifPresentOrElse(keys::add, () -> encryption.problem(KEY, WANTED)));
        List<String> texts = encryption.list(KEYS);
        for (int i = 0; i < texts.size(); i++) {
            int index = i;
            parsed(texts.get(i)).ifPresentOrElse(keys::add, () -> encryption.problem(KEYS, index, WANTED));
        }
        return keys;
    }

    private static Optional<SecretKey> parsed(String text) {
        String key = text.strip();
        try {
            byte[] bytes = key.length() == 2 * KEY_BYTES
                    ? HexFormat.of().parseHex(key)
                    : Base64.getDecoder().decode(key.replace('-', '+').replace('_', '/'));
            return bytes.length == KEY_BYTES ? Optional.of(new SecretKey(Bytes.wrap(bytes))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
