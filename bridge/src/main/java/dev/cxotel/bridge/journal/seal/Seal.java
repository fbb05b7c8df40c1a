package dev.cxotel.bridge.journal.seal;

import dev.cxotel.bridge.config.SecretKey;
import dev.cxotel.bridge.event.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over single blobs, each under a random nonce of 96 bits. A sealed blob says what it is and which key it
 * needs: five bytes of mark, eight of the key's id, the nonce, then cipher text and tag; mark, id and purpose are
 * authenticated with it. The first key seals, every key opens, none leaves all as it is.
 */
public final class Seal {

    /** Leaves everything as it is and opens nothing. */
    public static final Seal NONE = new Seal(List.of(), new SecureRandom());

    /** What a blob is; one cannot stand for another. */
    public enum Purpose {
        BODY,
        HEADERS
    }

    private static final byte[] MARK = {0, 'c', 'x', 'e', 1};
    private static final int ID = 8;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int HEAD = MARK.length + ID;

    private final Map<String, SecretKeySpec> keys = new LinkedHashMap<>();
    private final Optional<String> newest;
    private final SecureRandom random;

    /** @param keys the newest first, 32 bytes each */
    public Seal(List<SecretKey> keys, SecureRandom random) {
        this.random = random;
        keys.forEach(key ->
                this.keys.putIfAbsent(id(key), new SecretKeySpec(key.bytes().toArray(), "AES")));
        this.newest = this.keys.keySet().stream().findFirst();
    }

    private static String id(SecretKey key) {
        return key.id("journal");
    }

    /** The id of the key that seals; empty when nothing is sealed. */
    public Optional<String> keyId() {
        return newest;
    }

    /** The ids of all keys that open. */
    public Set<String> keyIds() {
        return Set.copyOf(keys.keySet());
    }

    /** The blob to store. */
    public byte[] seal(Purpose purpose, Bytes plain) {
        if (newest.isEmpty()) {
            return plain.toArray();
        }
        byte[] nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] head = ByteBuffer.allocate(HEAD)
                .put(MARK)
                .put(newest.get().getBytes(StandardCharsets.US_ASCII))
                .array();
        byte[] sealed = run(Cipher.ENCRYPT_MODE, newest.get(), nonce, purpose, head, plain.toArray(), 0)
                .orElseThrow();
        return ByteBuffer.allocate(HEAD + NONCE + sealed.length)
                .put(head)
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * What was sealed. A blob that is not sealed, that no key here opens, or that was changed is given back as it is;
     * whether it is what was stored, the content's hash tells.
     */
    public Bytes open(Purpose purpose, byte[] stored) {
        Optional<String> id = idOf(stored).filter(keys::containsKey);
        if (id.isEmpty()) {
            return Bytes.wrap(stored);
        }
        byte[] head = java.util.Arrays.copyOf(stored, HEAD);
        byte[] nonce = java.util.Arrays.copyOfRange(stored, HEAD, HEAD + NONCE);
        return run(Cipher.DECRYPT_MODE, id.get(), nonce, purpose, head, stored, HEAD + NONCE)
                .map(Bytes::wrap)
                .orElseGet(() -> Bytes.wrap(stored));
    }

    /** The id of the key that a blob needs and that is not here. */
    public Optional<String> missingKey(byte[] stored) {
        return idOf(stored).filter(id -> !keys.containsKey(id));
    }

    private static Optional<String> idOf(byte[] stored) {
        boolean marked = stored.length >= HEAD + NONCE + TAG_BITS / 8
                && java.util.Arrays.equals(stored, 0, MARK.length, MARK, 0, MARK.length);
        return marked ? Optional.of(new String(stored, MARK.length, ID, StandardCharsets.US_ASCII)) : Optional.empty();
    }

    private Optional<byte[]> run(
            int mode, String id, byte[] nonce, Purpose purpose, byte[] head, byte[] input, int from) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, keys.get(id), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(head);
            cipher.updateAAD(purpose.name().getBytes(StandardCharsets.US_ASCII));
            return Optional.of(cipher.doFinal(input, from, input.length - from));
        } catch (GeneralSecurityException e) {
            if (mode == Cipher.DECRYPT_MODE) {
                return Optional.empty();
            }
            throw new IllegalStateException("every Java has AES-256-GCM", e);
        }
    }
}
