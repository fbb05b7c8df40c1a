package dev.cxotel.bridge.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.auth.issue.Issued;
import dev.cxotel.bridge.auth.pem.PemText;
import dev.cxotel.bridge.config.MtlsConfig.CertificateHeader;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.bridge.testing.TestCertificates;
import dev.cxotel.semconv.CxotelMetrics;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that a proxy hands on in a header. */
class ReceiverCertificateHeaderTest {

    @TempDir
    Path folder;

    @Test
    void clientCert_fromATrustedProxy_isJudgedLikeOneOfTls() throws Exception {
        try (RunningTls running = behindProxy(CertificateHeader.CLIENT_CERT, "127.0.0.0/8")) {
            Issued partner = TestCertificates.client(running.partner, "partner");
            assertThat(post(running, "/own", clientCert(running.known))).isEqualTo(200);
            assertThat(post(running, "/pinned", clientCert(running.pinned))).isEqualTo(200);
            assertThat(post(running, "/pinned", clientCert(running.known))).isEqualTo(403);
            assertThat(post(running, "/own", clientCert(partner))).isEqualTo(401);
            assertThat(post(running, "/own", clientCert(running.known), clientCert(running.known)))
                    .as("two are none")
                    .isEqualTo(401);
            assertThat(post(running, "/own", "Client-Cert: :bm8=:")).isEqualTo(401);
            assertThat(post(running, "/own", "Client-Cert: nonsense")).isEqualTo(401);
            assertThat(post(running, "/own")).isEqualTo(401);
            assertThat(running.unauthenticated("client_certificate_unreadable")).isEqualTo(3);
            assertThat(running.journal.appends()).hasSize(2);
        }
    }

    @Test
    void clientCert_withAnIntermediateInItsChain_isTrusted() throws Exception {
        try (RunningTls running = behindProxy(CertificateHeader.CLIENT_CERT, "127.0.0.1")) {
            String chain = "Client-Cert-Chain: " + binary(running.own.own()) + ", " + binary(running.partner.own());
            assertThat(post(running, "/own", clientCert(running.known), chain)).isEqualTo(200);
            assertThat(post(running, "/own", clientCert(running.known), "Client-Cert-Chain: :x"))
                    .isEqualTo(401);
        }
    }

    @Test
    void forwardedClientCert_countsOnlyTheNearestProxysWord() throws Exception {
        try (RunningTls running = behindProxy(CertificateHeader.X_FORWARDED_CLIENT_CERT, "127.0.0.1")) {
            String known = element(running.known);
            String foreign = element(TestCertificates.client(TestCertificates.authority("own-ca"), "known"));
            assertThat(post(running, "/own", "X-Forwarded-Client-Cert: " + known))
                    .isEqualTo(200);
            assertThat(post(running, "/own", "X-Forwarded-Client-Cert: " + foreign + "," + known))
                    .isEqualTo(200);
            assertThat(post(running, "/own", "X-Forwarded-Client-Cert: " + known + "," + foreign))
                    .isEqualTo(401);
            assertThat(post(running, "/own", "X-Forwarded-Client-Cert: Hash=abc;Subject=\"CN=known\""))
                    .as("a hash proves nothing")
                    .isEqualTo(401);
            assertThat(post(running, "/own", clientCert(running.known)))
                    .as("the form that is not configured")
                    .isEqualTo(401);
        }
    }

    @Test
    void headerOfAnybodyElse_isIgnoredAndCounted() throws Exception {
        try (RunningTls running = behindProxy(CertificateHeader.CLIENT_CERT, "192.0.2.1")) {
            assertThat(post(running, "/own", clientCert(running.known))).isEqualTo(401);
            assertThat(running.telemetry.points(CxotelMetrics.CXOTEL_RECEIVER_CERTIFICATE_HEADERS_IGNORED))
                    .hasSize(1);
            assertThat(running.unauthenticated("no_client_certificate")).isEqualTo(1);
        }
    }

    @Test
    void proxysOwnCertificate_provesNothingOfItsClient() throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.header = Optional.of(CertificateHeader.CLIENT_CERT);
        settings.trustedProxies = List.of("127.0.0.1");
        try (RunningTls running = RunningTls.start(folder, settings)) {
            assertThat(running.post(running.known, "/own").status()).isEqualTo(401);
            assertThat(running.post(running.known, "/own", clientCert(running.pinned))
                            .status())
                    .isEqualTo(200);
        }
    }

    private RunningTls behindProxy(CertificateHeader header, String proxy) throws Exception {
        RunningTls.Settings settings = new RunningTls.Settings();
        settings.tls = false;
        settings.header = Optional.of(header);
        settings.trustedProxies = List.of(proxy);
        return RunningTls.start(folder, settings);
    }

    private static int post(RunningTls running, String path, String... headers) {
        try (RawHttp http = RawHttp.connect(running.receiver.port())) {
            return RunningTls.send(http, path, headers).status();
        }
    }

    private static String clientCert(Issued issued) throws Exception {
        return "Client-Cert: " + binary(issued);
    }

    private static String binary(Issued issued) throws Exception {
        return ":" + Base64.getEncoder().encodeToString(issued.certificate().getEncoded()) + ":";
    }

    private static String element(Issued issued) {
        String pem = URLEncoder.encode(PemText.of(issued.certificate()), StandardCharsets.UTF_8)
                .replace("+", "%20");
        return "By=spiffe://x;Hash=00;Subject=\"CN=a,O=\\\"b;c\\\"\";Cert=\"" + pem + "\"";
    }
}
