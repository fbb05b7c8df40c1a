package dev.cxotel.bridge.auth.signature.message;

import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.Flaw;
import dev.cxotel.bridge.auth.signature.FlawException;
import dev.cxotel.bridge.event.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

/** The header {@code Content-Digest} (RFC 9530): digests of the body as it went over the wire. */
final class ContentDigest {

    static final String NAME = "content-digest";

    private static final Map<String, String> KNOWN = Map.of("sha-256", "SHA-256", "sha-512", "SHA-512");

    private ContentDigest() {}

    /** Every digest of a known algorithm must be the body's, and there must be one. */
    static void check(WebhookRequest request) throws FlawException {
        List<String> lines = request.header(NAME);
        if (lines.size() != 1) {
            throw new FlawException(lines.isEmpty() ? Flaw.MISSING_HEADER : Flaw.DUPLICATED_HEADER);
        }
        Bytes body = request.body().map(WebhookRequest.Body::wire).orElse(Bytes.EMPTY);
        int known = 0;
        for (Map.Entry<String, FieldValue> digest :
                FieldParser.dictionary(lines.getFirst()).entrySet()) {
            String algorithm = KNOWN.get(digest.getKey());
            if (algorithm == null) {
                continue;
            }
            known++;
            boolean right = digest.getValue() instanceof FieldValue.Item item
                    && item.value() instanceof FieldValue.Binary binary
                    && MessageDigest.isEqual(binary.value(), digest(algorithm, body));
            if (!right) {
                throw new FlawException(Flaw.WRONG_DIGEST);
            }
        }
        if (known == 0) {
            throw new FlawException(Flaw.WRONG_DIGEST);
        }
    }

    /** The header's value for a body, with SHA-256. */
    static String of(Bytes body) {
        return "sha-256=" + new FieldValue.Binary(digest("SHA-256", body)).text();
    }

    private static byte[] digest(String algorithm, Bytes body) {
        try {
            return MessageDigest.getInstance(algorithm).digest(body.toArray());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
