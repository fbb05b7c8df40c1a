package dev.cxotel.bridge.otlp;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server that speaks HTTP at once, as one without TLS does to a greeting that it does not understand. */
final class PlainText {
    private PlainText() {}

    /** Answers every client until the server is closed. */
    static void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getOutputStream()
                        .write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                client.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client has left, as it should, or the server was closed.
            }
        }
    }
}
