package dev.cxotel.bridge.auth.signature.template;

import dev.cxotel.bridge.config.scheme.Encoding;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Signatures between bytes and text. */
final class SignatureText {

    private SignatureText() {}

    /** Empty when the text is not in that encoding, or is nothing. */
    static Optional<byte[]> decode(String text, Encoding encoding) {
        try {
            byte[] bytes =
                    switch (encoding) {
                        case BASE64 -> Base64.getDecoder().decode(text);
                        case BASE64URL -> Base64.getUrlDecoder().decode(text);
                        case HEX -> HexFormat.of().parseHex(text);
                    };
            return bytes.length == 0 ? Optional.empty() : Optional.of(bytes);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    static String encode(byte[] signature, Encoding encoding) {
        return switch (encoding) {
            case BASE64 -> Base64.getEncoder().encodeToString(signature);
            case BASE64URL -> Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
            case HEX -> HexFormat.of().formatHex(signature);
        };
    }
}
