package dev.cxotel.bridge.auth.signature.key;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A JSON Web Key Set: RFC 7517 with the keys of RFC 7518 (RSA, EC, oct) and RFC 8037 (OKP, Ed25519). Keys for encryption
 * ({@code "use":"enc"}) are passed over; private members are not read.
 */
final class KeySet {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST_KEYS = 100;

    private KeySet() {}

    /** The keys by their {@code kid}; at least one. */
    static Map<String, KeyMaterial> parse(String text) throws InvalidKeyException {
        JsonNode set;
        try {
            set = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new InvalidKeyException("this is no JSON", e);
        }
        JsonNode keys = set == null ? JSON.missingNode() : set.path("keys");
        if (!keys.isArray() || keys.size() > MOST_KEYS) {
            throw new InvalidKeyException("this is no JWKS: {\"keys\":[…]} with at most " + MOST_KEYS + " keys");
        }
        Map<String, KeyMaterial> found = new LinkedHashMap<>();
        for (JsonNode key : keys) {
            if (key.path("use").asText("sig").equals("sig")) {
                String kid = key.path("kid").asText("");
                if (kid.isEmpty()) {
                    throw new InvalidKeyException("a key has no `kid`, which is its key version");
                }
                if (found.put(kid, material(kid, key)) != null) {
                    throw new InvalidKeyException("two keys have the kid " + kid);
                }
            }
        }
        if (found.isEmpty()) {
            throw new InvalidKeyException("there is no key for signatures in it");
        }
        return found;
    }

    private static KeyMaterial material(String kid, JsonNode key) throws InvalidKeyException {
        try {
            return switch (key.path("kty").asText()) {
                case "RSA" -> new PublicMaterial(rsa(key));
                case "EC" -> new PublicMaterial(curve(key));
                case "OKP" -> new PublicMaterial(edwards(key));
                case "oct" -> new SecretMaterial(bytes(key, "k"));
                default -> throw new InvalidKeyException("kty is neither RSA, EC, OKP nor oct");
            };
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new InvalidKeyException("the key " + kid + ": " + e.getMessage(), e);
        }
    }

    private static PublicKey rsa(JsonNode key) throws GeneralSecurityException {
        return KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e")));
    }

    private static PublicKey curve(JsonNode key) throws GeneralSecurityException {
        String name =
                switch (key.path("crv").asText()) {
                    case "P-256" -> "secp256r1";
                    case "P-384" -> "secp384r1";
                    default -> throw new InvalidKeyException("crv is neither P-256 nor P-384");
                };
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec(name));
        ECPoint point = new ECPoint(number(key, "x"), number(key, "y"));
        return KeyFactory.getInstance("EC", Providers.BOUNCY_CASTLE)
                .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }

    private static PublicKey edwards(JsonNode key) throws GeneralSecurityException {
        if (!key.path("crv").asText().equals("Ed25519")) {
            throw new InvalidKeyException("crv is not Ed25519");
        }
        return Providers.ed25519(bytes(key, "x"));
    }

    private static BigInteger number(JsonNode key, String member) throws InvalidKeyException {
        return new BigInteger(1, bytes(key, member));
    }

    private static byte[] bytes(JsonNode key, String member) throws InvalidKeyException {
        String text = key.path(member).asText("");
        if (text.isEmpty()) {
            throw new InvalidKeyException("the member " + member + " is missing");
        }
        return Base64.getUrlDecoder().decode(text);
    }
}
