package dev.cxotel.bridge.config;

import dev.cxotel.bridge.event.Bytes;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The bytes of a key that only the operator knows; they are never printed, its {@link #id} may be. */
public record SecretKey(Bytes bytes) {

    private static final String ALGORITHM = "HmacSHA256";
    private static final int ID_BYTES = 4;

    /**
     * Eight hexadecimal digits that tell keys apart and tell nothing of the key.
     *
     * @param purpose keys of different purposes have different ids, even when someone uses one key for both
     */
    public String id(String purpose) {
        return HexFormat.of().formatHex(hmac("cxotel/1|key-id|" + purpose), 0, ID_BYTES);
    }

    /** The HMAC-SHA-256 of a text, 32 bytes. */
    public byte[] hmac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(bytes.toArray(), ALGORITHM));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** The key is not shown. */
    @Override
    public String toString() {
        return "SecretKey[" + bytes.size() + " bytes]";
    }
}
