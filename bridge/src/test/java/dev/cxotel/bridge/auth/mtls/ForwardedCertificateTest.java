package dev.cxotel.bridge.auth.mtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.issue.Authority;
import dev.cxotel.bridge.auth.issue.Issued;
import dev.cxotel.bridge.auth.pem.PemText;
import dev.cxotel.bridge.config.MtlsConfig.CertificateHeader;
import dev.cxotel.bridge.testing.TestCertificates;
import java.net.InetSocketAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a proxy, or somebody before it, writes into a certificate header. */
class ForwardedCertificateTest {

    private static final Authority CA = TestCertificates.authority("ca");
    private static final Issued CLIENT = TestCertificates.client(CA, "client");
    private static final ClientAuthorities KNOWN = new ClientAuthorities(List.of(CA.certificate()));

    @Test
    void wholeCertificate_isReadInBothForms() throws Exception {
        String pem = URLEncoder.encode(PemText.of(CLIENT.certificate()), StandardCharsets.UTF_8)
                .replace("+", "%20");
        assertThat(read(CertificateHeader.CLIENT_CERT, binary(CLIENT.certificate())))
                .contains(List.of(CLIENT.certificate()));
        for (String header : List.of(
                "Cert=\"" + pem + "\"",
                "By=x;Cert=" + pem,
                "CERT=\"" + pem + "\"; Subject=\"CN=\\\"a;b\\\"\"",
                "Cert=\"nonsense\",Cert=\"" + pem + "\"")) {
            assertThat(read(CertificateHeader.X_FORWARDED_CLIENT_CERT, header))
                    .as(header)
                    .contains(List.of(CLIENT.certificate()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ":",
                "::",
                ":AAAA:",
                "AAAA",
                "\"AAAA\"",
                ":AAAA",
                ":!!!!:",
                ":AAAA: x",
                "Cert=",
                "Cert=\"\"",
                "Cert=\"%\"",
                "Cert=\"%zz\"",
                "Cert=a;Cert=b",
                "Cert=\"-----BEGIN%20CERTIFICATE-----\"",
                "Hash=0123;Subject=\"CN=cxone\"",
                "Cert=\"",
                "=;,",
                ";;;,,,"
            })
    void whatIsNoCertificate_isNone(String header) {
        for (CertificateHeader form : CertificateHeader.values()) {
            assertThat(read(form, header)).isEmpty();
        }
    }

    @Test
    void hugeHeaderOrChain_isNotRead() throws Exception {
        String one = binary(CLIENT.certificate());
        assertThat(read(CertificateHeader.CLIENT_CERT, one + ";" + "x".repeat(64 << 10)))
                .isEmpty();
        WebhookRequest many = request(List.of(
                new HeaderField("Client-Cert", one),
                new HeaderField("Client-Cert-Chain", (one + ",").repeat(8) + one)));
        assertThat(ForwardedCertificate.read(many, CertificateHeader.CLIENT_CERT))
                .isEmpty();
    }

    @FuzzTest(maxDuration = "5m")
    void read_anyHeader_isAnsweredAndNeverTrusted(byte[] bytes) {
        String[] parts = new String(bytes, StandardCharsets.ISO_8859_1).split("\u0000", 3);
        for (CertificateHeader form : CertificateHeader.values()) {
            WebhookRequest request = request(List.of(
                    new HeaderField("Client-Cert", parts[0]),
                    new HeaderField("X-Forwarded-Client-Cert", parts[0]),
                    new HeaderField("Client-Cert-Chain", parts.length > 1 ? parts[1] : "")));
            Optional<List<X509Certificate>> chain = ForwardedCertificate.read(request, form);
            assertThat(ForwardedCertificate.read(request, form)).isEqualTo(chain);
            chain.ifPresent(read -> assertThat(KNOWN.judge(read, Instant.EPOCH)).isInstanceOf(Verdict.Untrusted.class));
        }
    }

    private static Optional<List<X509Certificate>> read(CertificateHeader form, String header) {
        return ForwardedCertificate.read(
                request(List.of(
                        new HeaderField("Client-Cert", header), new HeaderField("X-Forwarded-Client-Cert", header))),
                form);
    }

    private static String binary(X509Certificate certificate) throws Exception {
        return ":" + Base64.getEncoder().encodeToString(certificate.getEncoded()) + ":";
    }

    private static WebhookRequest request(List<HeaderField> headers) {
        return new WebhookRequest(
                "POST",
                "/",
                "",
                headers,
                InetSocketAddress.createUnresolved("proxy", 1),
                false,
                List.of(),
                Instant.EPOCH,
                Optional.empty());
    }
}
