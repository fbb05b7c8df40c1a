package dev.cxotel.bridge.auth.mtls;

import dev.cxotel.bridge.auth.pem.PemException;
import dev.cxotel.bridge.auth.pem.PemFile;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXCertPathBuilderResult;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The authorities that may have issued a client's certificate. A certificate that stands in their file itself is
 * trusted too, whoever issued it. Revocation lists and OCSP are not asked: a pin that is taken away revokes. Safe for
 * any thread; remembers some good chains, so that a request on a kept connection costs no signature.
 */
public final class ClientAuthorities {

    private static final int LONGEST_CHAIN = 8;
    private static final int MOST_REMEMBERED = 256;
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";
    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;

    private final List<X509Certificate> certificates;
    private final Map<List<X509Certificate>, Verdict.Trusted> remembered = new ConcurrentHashMap<>();

    public ClientAuthorities(List<X509Certificate> certificates) {
        this.certificates = List.copyOf(certificates);
    }

    /** The authorities of a PEM file. */
    public static ClientAuthorities read(Path file) throws PemException {
        return new ClientAuthorities(PemFile.read(file).certificates());
    }

    public List<X509Certificate> certificates() {
        return certificates;
    }

    /** Judges a chain, the sender's own certificate first; the others may come in any order. */
    public Verdict judge(List<X509Certificate> chain, Instant now) {
        Verdict.Trusted known = remembered.get(chain);
        if (known != null && known.holdsAt(now)) {
            return known;
        }
        if (chain.size() > LONGEST_CHAIN) {
            return new Verdict.Untrusted(Verdict.Reason.CHAIN_TOO_LONG);
        }
        Verdict verdict = judgeAnew(chain, now);
        if (verdict instanceof Verdict.Trusted trusted) {
            if (remembered.size() >= MOST_REMEMBERED) {
                remembered.clear();
            }
            remembered.put(List.copyOf(chain), trusted);
        }
        return verdict;
    }

    private Verdict judgeAnew(List<X509Certificate> chain, Instant now) {
        X509Certificate leaf = chain.getFirst();
        Optional<List<X509Certificate>> path =
                certificates.contains(leaf) ? Optional.of(List.of(leaf)) : path(chain, within(leaf, now));
        if (path.isEmpty()) {
            boolean alone = leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal());
            return new Verdict.Untrusted(alone ? Verdict.Reason.SELF_SIGNED : Verdict.Reason.FOREIGN_CA);
        }
        if (!isForClients(leaf)) {
            return new Verdict.Untrusted(Verdict.Reason.NOT_FOR_CLIENTS);
        }
        if (now.isAfter(leaf.getNotAfter().toInstant())) {
            return new Verdict.Untrusted(Verdict.Reason.EXPIRED);
        }
        if (now.isBefore(leaf.getNotBefore().toInstant())) {
            return new Verdict.Untrusted(Verdict.Reason.NOT_YET_VALID);
        }
        Verdict.Trusted trusted = span(path.get());
        return trusted.holdsAt(now) ? trusted : new Verdict.Untrusted(Verdict.Reason.CA_NOT_VALID);
    }

    /** The time nearest to now at which the certificate is valid, so that a wrong date is not taken for a foreign issuer. */
    private static Instant within(X509Certificate leaf, Instant now) {
        Instant from = leaf.getNotBefore().toInstant();
        Instant to = leaf.getNotAfter().toInstant();
        return now.isBefore(from) ? from : now.isAfter(to) ? to : now;
    }

    private Optional<List<X509Certificate>> path(List<X509Certificate> chain, Instant time) {
        try {
            Set<TrustAnchor> anchors = new HashSet<>();
            certificates.forEach(certificate -> anchors.add(new TrustAnchor(certificate, null)));
            X509CertSelector target = new X509CertSelector();
            target.setCertificate(chain.getFirst());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(anchors, target);
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(chain)));
            parameters.setRevocationEnabled(false);
            parameters.setMaxPathLength(LONGEST_CHAIN);
            parameters.setDate(Date.from(time));
            PKIXCertPathBuilderResult result = (PKIXCertPathBuilderResult)
                    CertPathBuilder.getInstance("PKIX").build(parameters);
            List<X509Certificate> path = new ArrayList<>();
            result.getCertPath().getCertificates().forEach(certificate -> path.add((X509Certificate) certificate));
            path.add(result.getTrustAnchor().getTrustedCert());
            return Optional.of(path);
        } catch (CertPathBuilderException e) {
            return Optional.empty();
        } catch (InvalidAlgorithmParameterException e) {
            throw new IllegalStateException(e);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private static Verdict.Trusted span(List<X509Certificate> path) {
        Instant from = Instant.MIN;
        Instant to = Instant.MAX;
        for (X509Certificate certificate : path) {
            Instant begins = certificate.getNotBefore().toInstant();
            Instant ends = certificate.getNotAfter().toInstant();
            from = begins.isAfter(from) ? begins : from;
            to = ends.isBefore(to) ? ends : to;
        }
        return new Verdict.Trusted(from, to);
    }

    private static boolean isForClients(X509Certificate leaf) {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            boolean[] usage = leaf.getKeyUsage();
            return (purposes == null || purposes.contains(CLIENT_AUTH) || purposes.contains(ANY_PURPOSE))
                    && (usage == null || usage[DIGITAL_SIGNATURE]);
        } catch (CertificateParsingException e) {
            return false;
        }
    }
}
