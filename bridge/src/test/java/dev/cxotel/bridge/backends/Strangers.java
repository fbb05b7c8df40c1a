package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.testing.RawHttp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Requests and connections that no contact centre makes, each so many times that no two kinds can be mistaken. */
final class Strangers implements AutoCloseable {

    static final int NOT_JSON = 3;
    static final int UNKNOWN_ENCODING = 4;
    static final int WRONG_PATH = 5;
    static final int EMPTY = 6;
    static final int UNREADABLE = 1;
    static final int SILENT_CONNECTIONS = 2;
    static final int SLOW_HEADS = 1;

    private final List<RawHttp> connections;

    private Strangers(List<RawHttp> connections) {
        this.connections = connections;
    }

    /** Sends the requests, and leaves connections open on which nothing or half a head is said. */
    static Strangers at(int port) throws IOException, InterruptedException {
        URI base = URI.create("http://127.0.0.1:" + port);
        try (HttpClient http = HttpClient.newHttpClient()) {
            post(http, base.resolve("/v1/voice-quality"), "{\"ContactId\":", "identity", 400, NOT_JSON);
            post(http, base.resolve("/v1/script-api"), "{}", "br", 415, UNKNOWN_ENCODING);
            post(http, base.resolve("/v1/voices"), "{}", "identity", 404, WRONG_PATH);
            post(http, base.resolve("/v1/voice-quality"), "", "identity", 200, EMPTY);
            post(http, base.resolve("/v1/voice-quality"), "{\"some\":\"thing\"}", "identity", 200, UNREADABLE);
        }
        return new Strangers(List.of(
                RawHttp.connect(port),
                RawHttp.connect(port),
                RawHttp.connect(port).send("POST /v1/voice-quality HTTP/1.1\r\nHost: ")));
    }

    private static void post(HttpClient http, URI uri, String body, String encoding, int status, int times)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Encoding", encoding)
                .POST(BodyPublishers.ofString(body))
                .build();
        for (int i = 0; i < times; i++) {
            assertThat(http.send(request, BodyHandlers.ofString()).statusCode())
                    .as("%s %s", uri, body)
                    .isEqualTo(status);
        }
    }

    @Override
    public void close() {
        connections.forEach(RawHttp::close);
    }
}
