package dev.cxotel.bridge.auth.mtls;

import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.pem.PemException;
import dev.cxotel.bridge.auth.pem.PemFile;
import dev.cxotel.bridge.config.MtlsConfig.CertificateHeader;
import java.io.ByteArrayInputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A client's certificate as a proxy hands it on, in one of two forms.
 *
 * <pre>
 * Client-Cert: :MIIB…:                        RFC 9440: Base64 of the DER between colons, one line
 * Client-Cert-Chain: :MIIB…:, :MIIB…:         its issuers, the own one left out
 * X-Forwarded-Client-Cert: By=…;Hash=…;Cert="-----BEGIN%20CERTIFICATE…";Chain="…",By=…
 * </pre>
 *
 * The second is Envoy's: one element a proxy, the nearest last, PEM percent-encoded. Only the last element is read:
 * others are what somebody farther away claims.
 */
public final class ForwardedCertificate {

    private static final int LONGEST_HEADER = 64 << 10;
    private static final int MOST_CERTIFICATES = 8;

    private ForwardedCertificate() {}

    /** Whether the request bears a header of that form at all. */
    public static boolean isIn(WebhookRequest request, CertificateHeader form) {
        return !request.header(name(form)).isEmpty();
    }

    /** The chain, the client's own certificate first; empty when the header is absent, repeated or not readable. */
    public static Optional<List<X509Certificate>> read(WebhookRequest request, CertificateHeader form) {
        List<String> lines = request.header(name(form));
        if (lines.isEmpty() || lines.stream().mapToInt(String::length).sum() > LONGEST_HEADER) {
            return Optional.empty();
        }
        try {
            List<X509Certificate> chain =
                    switch (form) {
                        case CLIENT_CERT -> clientCert(lines, request.header("Client-Cert-Chain"));
                        case X_FORWARDED_CLIENT_CERT -> forwarded(lines.getLast());
                    };
            return chain.isEmpty() || chain.size() > MOST_CERTIFICATES ? Optional.empty() : Optional.of(chain);
        } catch (CertificateException | PemException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String name(CertificateHeader form) {
        return switch (form) {
            case CLIENT_CERT -> "Client-Cert";
            case X_FORWARDED_CLIENT_CERT -> "X-Forwarded-Client-Cert";
        };
    }

    private static List<X509Certificate> clientCert(List<String> own, List<String> issuers)
            throws CertificateException {
        if (own.size() != 1) {
            return List.of();
        }
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(binary(own.getFirst()));
        for (String line : issuers) {
            for (String item : line.split(",", -1)) {
                if (chain.size() > MOST_CERTIFICATES) {
                    return List.of();
                }
                chain.add(binary(item));
            }
        }
        return chain;
    }

    /** A byte sequence of RFC 8941; parameters behind it are passed over. */
    private static X509Certificate binary(String item) throws CertificateException {
        String text = item.strip();
        int end = text.indexOf(':', 1);
        boolean whole = text.startsWith(":") && end > 0 && (end == text.length() - 1 || text.charAt(end + 1) == ';');
        if (!whole) {
            throw new IllegalArgumentException("no byte sequence");
        }
        byte[] der = Base64.getDecoder().decode(text.substring(1, end));
        ByteArrayInputStream in = new ByteArrayInputStream(der);
        X509Certificate certificate =
                (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
        if (in.available() > 0) {
            throw new IllegalArgumentException("something stands behind the certificate");
        }
        return certificate;
    }

    private static List<X509Certificate> forwarded(String line) throws PemException {
        Map<String, String> pairs = new TreeMap<>();
        for (String pair : split(split(line, ',').getLast(), ';')) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                String key = pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
                if (pairs.put(key, pair.substring(equals + 1).strip()) != null && !key.equals("dns")) {
                    return List.of();
                }
            }
        }
        String pem = pairs.getOrDefault("chain", pairs.getOrDefault("cert", ""));
        String unquoted = pem.length() > 1 && pem.startsWith("\"") && pem.endsWith("\"")
                ? pem.substring(1, pem.length() - 1)
                : pem;
        String decoded = URLDecoder.decode(unquoted.replace("+", "%2B"), StandardCharsets.UTF_8);
        return PemFile.of("X-Forwarded-Client-Cert", decoded).certificates();
    }

    /** Splits outside quotation marks; a backslash within them keeps the next character. */
    private static List<String> split(String text, char separator) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (quoted && next == '\\' && i + 1 < text.length()) {
                part.append(next).append(text.charAt(++i));
            } else if (next == separator && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                quoted ^= next == '"';
                part.append(next);
            }
        }
        parts.add(part.toString());
        return parts;
    }
}
