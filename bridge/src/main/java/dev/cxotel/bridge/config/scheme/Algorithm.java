package dev.cxotel.bridge.config.scheme;

/** A signature algorithm; its name in a configuration is the constant's in lower case. */
public enum Algorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RSA_SHA256(KeyKind.RSA),
    /** RSASSA-PKCS1-v1_5 with SHA-512. */
    RSA_SHA512(KeyKind.RSA),
    /** RSASSA-PSS with SHA-256, MGF1 with SHA-256, a salt of 32 bytes. */
    RSA_PSS_SHA256(KeyKind.RSA),
    /** RSASSA-PSS with SHA-512, MGF1 with SHA-512, a salt of 64 bytes. */
    RSA_PSS_SHA512(KeyKind.RSA),
    /** ECDSA on P-256 with SHA-256; the signature is ASN.1 (DER). */
    ECDSA_P256(KeyKind.P256),
    /** The same; the signature is r and s side by side, 64 bytes (IEEE P1363). */
    ECDSA_P256_RAW(KeyKind.P256),
    /** ECDSA on P-384 with SHA-384; the signature is ASN.1 (DER). */
    ECDSA_P384(KeyKind.P384),
    /** The same; the signature is r and s side by side, 96 bytes (IEEE P1363). */
    ECDSA_P384_RAW(KeyKind.P384),
    ED25519(KeyKind.ED25519),
    HMAC_SHA256(KeyKind.SECRET),
    HMAC_SHA512(KeyKind.SECRET);

    private final KeyKind keyKind;

    Algorithm(KeyKind keyKind) {
        this.keyKind = keyKind;
    }

    /** The only kind of key that it works with: a public key never verifies an HMAC. */
    public KeyKind keyKind() {
        return keyKind;
    }

    /** A kind of key. */
    public enum KeyKind {
        RSA("an RSA key"),
        P256("an elliptic curve key on P-256"),
        P384("an elliptic curve key on P-384"),
        ED25519("an Ed25519 key"),
        SECRET("a shared secret");

        private final String words;

        KeyKind(String words) {
            this.words = words;
        }

        /** For a person: "an RSA key". */
        public String words() {
            return words;
        }
    }
}
