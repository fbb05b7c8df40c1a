package dev.cxotel.bridge.receiver;

import static dev.cxotel.bridge.receiver.RunningReceiver.VOICE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.testing.RawHttp;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the server answers before a request reaches a subscription: above all, to requests that mean two things. */
class ReceiverFramingTest {

    private static final String START = "POST " + VOICE + " HTTP/1.1\r\n";

    private final RunningReceiver running = RunningReceiver.start();

    @AfterEach
    void stop() {
        assertThat(running.journal.appends()).isEmpty();
        running.close();
    }

    @Test
    void lengthAndChunks_is400AndClosed() throws Exception {
        refused(START + "Host: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400);
    }

    @Test
    void twoLengths_is400AndClosed() throws Exception {
        refused(START + "Host: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\none", 400);
    }

    @Test
    void oddLengths_are400() throws Exception {
        for (String length : new String[] {"-1", "+3", "0x3", "3 3", "99999999999999999999"}) {
            refused(START + "Host: x\r\nContent-Length: " + length + "\r\n\r\none", 400);
        }
    }

    @Test
    void oddTransferEncodings_areRefused() throws Exception {
        refused(START + "Host: x\r\nTransfer-Encoding: identity\r\n\r\n", 400);
        refused(START + "Host: x\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", 400);
        refused(START + "Host: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501);
    }

    @Test
    void missingOrDoubledHost_is400() throws Exception {
        refused(START + "Content-Length: 3\r\n\r\none", 400);
        refused(START + "Host: x\r\nHost: y\r\nContent-Length: 3\r\n\r\none", 400);
    }

    @Test
    void oldVersion_is505() throws Exception {
        refused("POST " + VOICE + " HTTP/1.0\r\nHost: x\r\nContent-Length: 3\r\n\r\none", 505);
    }

    @Test
    void longRequestLine_is414() throws Exception {
        refused("POST /" + "x".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n", 414);
    }

    @Test
    void absoluteForm_isTakenAsItsPath() throws Exception {
        try (RawHttp http = running.connect()) {
            RawHttp.Response response = http.send("POST http://localhost" + VOICE
                            + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n")
                    .read();
            assertThat(response.status()).isEqualTo(200);
        }
    }

    @Test
    void notHttp_isClosed() {
        try (RawHttp http = running.connect()) {
            RawHttp.Response response =
                    http.send("\u0016\u0003\u0001 hello\r\n\r\n").read();
            assertThat(response.status()).isEqualTo(400);
            assertThat(http.isClosedByPeer()).isTrue();
        }
    }

    private void refused(String request, int status) throws Exception {
        try (RawHttp http = running.connect()) {
            RawHttp.Response response = http.send(request).read();
            ReceiverAnswersTest.assertProblem(response, status, "malformed_request");
            assertThat(http.isClosedByPeer())
                    .as("nothing of the rest is read as a request")
                    .isTrue();
        }
    }
}
