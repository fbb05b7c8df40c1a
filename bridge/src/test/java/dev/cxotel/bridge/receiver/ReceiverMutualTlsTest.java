package dev.cxotel.bridge.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.cxotel.bridge.auth.issue.Authority;
import dev.cxotel.bridge.auth.issue.Issued;
import dev.cxotel.bridge.auth.issue.KeyKind;
import dev.cxotel.bridge.auth.pem.PemText;
import dev.cxotel.bridge.testing.RawHttp;
import dev.cxotel.bridge.testing.TestCertificates;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets in by certificate, over real sockets. */
class ReceiverMutualTlsTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void certificateOfTheSubscriptionsAuthority_getsIn(String version) throws Exception {
        try (RunningTls running = RunningTls.start(folder);
                RawHttp http = running.connect(running.client(running.known), version)) {
            assertThat(RunningTls.send(http, "/own").status()).isEqualTo(200);
            assertThat(RunningTls.send(http, "/own").status())
                    .as("the connection is kept")
                    .isEqualTo(200);
            assertThat(running.journal.appends()).hasSize(2);
        }
    }

    @Test
    void eachSubscription_judgesByItsOwnAuthorityAndPins() throws Exception {
        try (RunningTls running = RunningTls.start(folder)) {
            Issued partner = TestCertificates.client(running.partner, "partner");
            assertThat(running.post(running.pinned, "/pinned").status()).isEqualTo(200);
            assertThat(running.post(running.known, "/pinned").status()).isEqualTo(403);
            assertThat(running.post(running.known, "/partner").status()).isEqualTo(401);
            assertThat(running.post(partner, "/partner").status()).isEqualTo(200);
            assertThat(running.post(partner, "/own").status()).isEqualTo(401);
            assertThat(running.post(null, "/own").status()).isEqualTo(401);
            assertThat(running.post(null, "/open").status()).isEqualTo(200);
            assertThat(running.post(running.known, "/open").status()).isEqualTo(200);

            assertThat(running.unauthenticated("client_certificate_not_pinned")).isEqualTo(1);
            assertThat(running.unauthenticated("client_certificate_foreign_ca")).isEqualTo(2);
            assertThat(running.unauthenticated("no_client_certificate")).isEqualTo(1);
            assertThat(running.journal.appends()).hasSize(4);
            assertThat(running.telemetry.points(CxotelMetrics.CXOTEL_RECEIVER_HANDSHAKE_DURATION))
                    .as("one a connection")
                    .hasSize(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"foreign_ca", "expired", "not_yet_valid", "self_signed", "not_for_clients"})
    void certificateThatNobodyAccepts_isRefusedInTheHandshake(String attack) throws Exception {
        try (RunningTls running = RunningTls.start(folder)) {
            SSLContext attacker = running.client(attacker(running, attack));
            for (String version : new String[] {"TLSv1.2", "TLSv1.3"}) {
                assertThatThrownBy(() -> {
                            try (RawHttp http = running.connect(attacker, version)) {
                                RunningTls.send(http, "/own");
                            }
                        })
                        .isInstanceOfAny(IOException.class, UncheckedIOException.class);
            }
            await().untilAsserted(
                            () -> assertThat(running.refused(attack)).as(attack).isEqualTo(2));
            assertThat(running.journal.appends()).isEmpty();
            assertThat(running.post(running.known, "/own").status())
                    .as("others are served")
                    .isEqualTo(200);
        }
    }

    @Test
    void authorityThatIsTakenAway_endsConnectionsAndSessions() throws Exception {
        try (RunningTls running = RunningTls.start(folder);
                RawHttp http = running.connect(running.client(running.known))) {
            assertThat(RunningTls.send(http, "/own").status()).isEqualTo(200);
            Authority fresh = TestCertificates.authority("fresh-ca");
            TestCertificates.write(folder.resolve("own.pem"), PemText.of(fresh.certificate()));
            running.certificates.refresh();

            assertThat(RunningTls.send(http, "/own").status()).isEqualTo(401);
            assertThat(running.post(TestCertificates.client(fresh, "new"), "/own")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void serverCertificate_isReplacedWithoutDroppingConnections() throws Exception {
        try (RunningTls running = RunningTls.start(folder);
                RawHttp kept = running.connect(running.client(running.known))) {
            X509Certificate before = shown(running);
            TestCertificates.write(folder, "server", TestCertificates.server(running.serverCa, KeyKind.RSA));
            running.certificates.refresh();

            X509Certificate after = shown(running);
            assertThat(after.getSerialNumber()).isNotEqualTo(before.getSerialNumber());
            assertThat(after.getPublicKey().getAlgorithm()).isEqualTo("RSA");
            assertThat(RunningTls.send(kept, "/own").status()).isEqualTo(200);
            assertThat(reloads(running, "reloaded")).isEqualTo(1);
        }
    }

    @Test
    void badFiles_leaveTheLastGoodOnesInForce() throws Exception {
        try (RunningTls running = RunningTls.start(folder)) {
            X509Certificate before = shown(running);
            Files.writeString(folder.resolve("server.pem"), "-----BEGIN CERTIFICATE-----\nMII\n");
            Files.delete(folder.resolve("own.pem"));
            running.certificates.refresh();
            running.certificates.refresh();

            assertThat(shown(running)).isEqualTo(before);
            assertThat(running.post(running.known, "/own").status()).isEqualTo(200);
            assertThat(reloads(running, "failed")).isEqualTo(4);
            assertThat(reloads(running, "reloaded")).isZero();

            TestCertificates.write(folder, "server", TestCertificates.server(running.serverCa, KeyKind.EC));
            running.certificates.refresh();
            assertThat(shown(running)).isNotEqualTo(before);
        }
    }

    @Test
    void keyOfAnotherCertificate_isNotTaken() throws Exception {
        try (RunningTls running = RunningTls.start(folder)) {
            X509Certificate before = shown(running);
            Issued other = TestCertificates.server(running.serverCa, KeyKind.EC);
            TestCertificates.write(folder.resolve("server.key"), PemText.of(other.key()));
            running.certificates.refresh();
            assertThat(shown(running)).as("half a renewal").isEqualTo(before);

            TestCertificates.write(folder.resolve("server.pem"), PemText.of(other.certificate()));
            running.certificates.refresh();
            assertThat(shown(running)).isEqualTo(other.certificate());
        }
    }

    @Test
    void expiries_areMeasuredAndSaid() throws Exception {
        try (RunningTls running = RunningTls.start(folder)) {
            assertThat(running.telemetry.read(CxotelMetrics.CXOTEL_CERTIFICATE_TIME_LEFT))
                    .as("server and three subscriptions' authorities")
                    .hasSize(4)
                    .allMatch(reading -> reading.value()
                            == Duration.between(RunningReceiver.NOW, TestCertificates.FUTURE)
                                    .toSeconds());
            Instant end = RunningReceiver.NOW.plus(Duration.ofDays(3));
            Issued ending = TestCertificates.client(running.own, "ending", TestCertificates.PAST, end);
            assertThat(running.post(ending, "/own").status()).isEqualTo(200);

            assertThat(running.telemetry.read(CxotelMetrics.CXOTEL_CERTIFICATE_TIME_LEFT))
                    .filteredOn(reading ->
                            "client".equals(reading.attributes().get(CxotelAttributes.CXOTEL_CERTIFICATE_USE)))
                    .singleElement()
                    .matches(reading -> reading.value() == Duration.ofDays(3).toSeconds());
            assertThat(running.certificates.details())
                    .containsEntry("certificate client own", "valid until " + end + ", 3 days")
                    .containsKeys("certificate server", "certificate client_ca own");
            running.now.set(end.plusSeconds(1));
            assertThat(running.certificates.details().get("certificate client own"))
                    .startsWith("expired at");
        }
    }

    @Test
    void certificateThatExpiresOnAConnection_isRefusedFromThenOn() throws Exception {
        try (RunningTls running = RunningTls.start(folder)) {
            Instant end = RunningReceiver.NOW.plus(Duration.ofMinutes(1));
            Issued ending = TestCertificates.client(running.own, "ending", TestCertificates.PAST, end);
            try (RawHttp http = running.connect(running.client(ending))) {
                assertThat(RunningTls.send(http, "/own").status()).isEqualTo(200);
                running.now.set(end.plusSeconds(1));
                assertThat(RunningTls.send(http, "/own").status()).isEqualTo(401);
                assertThat(running.unauthenticated("client_certificate_expired"))
                        .isEqualTo(1);
            }
        }
    }

    private static Issued attacker(RunningTls running, String attack) {
        Instant now = RunningReceiver.NOW;
        return switch (attack) {
            case "foreign_ca" -> TestCertificates.client(TestCertificates.authority("own-ca"), "known");
            case "expired" ->
                TestCertificates.client(running.own, "known", TestCertificates.PAST, now.minusSeconds(60));
            case "not_yet_valid" ->
                TestCertificates.client(running.own, "known", now.plusSeconds(60), TestCertificates.FUTURE);
            case "self_signed" ->
                Authority.create(
                                "CN=known",
                                KeyKind.EC,
                                TestCertificates.PAST,
                                TestCertificates.FUTURE,
                                new SecureRandom())
                        .own();
            case "not_for_clients" -> TestCertificates.server(running.own, KeyKind.EC);
            default -> throw new IllegalArgumentException(attack);
        };
    }

    private static double reloads(RunningTls running, String result) {
        return running.telemetry.sum(
                CxotelMetrics.CXOTEL_RECEIVER_CERTIFICATE_RELOADS, CxotelAttributes.CXOTEL_RELOAD_RESULT, result);
    }

    /** What the server shows in a fresh handshake. */
    private static X509Certificate shown(RunningTls running) throws IOException {
        try (SSLSocket socket = running.socket(running.client(null))) {
            socket.startHandshake();
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (SSLHandshakeException e) {
            throw new IllegalStateException(e);
        }
    }
}
