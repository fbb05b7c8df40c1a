package dev.cxotel.bridge.auth.mtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * One certificate, or one name, that is allowed. Written {@code sha256:} and the standard Base64 of the SHA-256 of the
 * public key's SPKI; {@code subject:CN=cxone,O=NICE}, compared as names are (RFC 5280); or an alternative name: {@code
 * dns:}, {@code uri:}, {@code email:}. A key's pin outlives a renewal that keeps the key, a name's one that does not.
 */
public sealed interface Pin {

    /** The public key. */
    record Key(String sha256) implements Pin {}

    /** The subject, in its canonical text. */
    record Subject(String canonical) implements Pin {}

    /**
     * A subject alternative name.
     *
     * @param type as RFC 5280 numbers them
     */
    record AlternativeName(int type, String name) implements Pin {
        private boolean isIn(List<?> entry) {
            return entry.getFirst().equals(type)
                    && entry.get(1) instanceof String text
                    && text.toLowerCase(Locale.ROOT).equals(name);
        }
    }

    Map<String, Integer> NAME_TYPES = Map.of("email", 1, "dns", 2, "uri", 6);

    /** Empty when the text is no pin. */
    static Optional<Pin> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String kind = text.substring(0, colon);
        String value = text.substring(colon + 1).strip();
        try {
            return switch (kind) {
                case "sha256" ->
                    Base64.getDecoder().decode(value).length == 32 ? Optional.of(new Key(value)) : Optional.empty();
                case "subject" ->
                    value.isEmpty()
                            ? Optional.empty()
                            : Optional.of(new Subject(new X500Principal(value).getName(X500Principal.CANONICAL)));
                default ->
                    NAME_TYPES.containsKey(kind) && !value.isEmpty()
                            ? Optional.of(new AlternativeName(NAME_TYPES.get(kind), value.toLowerCase(Locale.ROOT)))
                            : Optional.empty();
            };
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The text of the pin of a certificate's key. */
    static String ofKey(X509Certificate certificate) {
        return "sha256:" + sha256(certificate);
    }

    default boolean allows(X509Certificate certificate) {
        return switch (this) {
            case Key key -> key.sha256().equals(sha256(certificate));
            case Subject subject ->
                subject.canonical().equals(certificate.getSubjectX500Principal().getName(X500Principal.CANONICAL));
            case AlternativeName name -> names(certificate).stream().anyMatch(entry -> name.isIn(entry));
        };
    }

    private static String sha256(X509Certificate certificate) {
        try {
            byte[] spki = certificate.getPublicKey().getEncoded();
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(spki));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
