package dev.cxotel.bridge.simulator;

import dev.cxotel.bridge.event.EventType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/** What posts a webhook as CXone does: one JSON body to the URL of its type. Safe for any thread. */
public final class WebhookClient implements AutoCloseable {

    private final HttpClient http;
    private final Map<EventType, URI> urls;
    private final Signature signature;
    private final Duration timeout;

    /**
     * @param urls where each type goes
     * @param signature what is added to each request
     * @param timeout of one request, answer included
     */
    public WebhookClient(Map<EventType, URI> urls, Signature signature, Duration timeout) {
        this(urls, signature, timeout, Optional.empty());
    }

    /**
     * The same with trust and a client certificate of its own.
     *
     * @param tls empty: the Java machine's trust, and no certificate
     */
    public WebhookClient(Map<EventType, URI> urls, Signature signature, Duration timeout, Optional<SSLContext> tls) {
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timeout);
        tls.ifPresent(builder::sslContext);
        this.http = builder.build();
        this.urls = Map.copyOf(urls);
        this.signature = signature;
        this.timeout = timeout;
    }

    /** What is added to a request so that the receiver knows its sender: headers, or a query. */
    @FunctionalInterface
    public interface Signature {

        /** Adds nothing. */
        Signature NONE = (request, url, body) -> {};

        /**
         * Signs one request.
         *
         * @param request has URL, content type and body already; its URL may be replaced
         * @param body the bytes that will be sent
         */
        void sign(HttpRequest.Builder request, URI url, byte[] body);
    }

    /** Posts, and says how it ended; throws only when interrupted. */
    public Answer post(Webhook webhook) throws InterruptedException {
        URI url = urls.get(webhook.type());
        if (url == null) {
            throw new IllegalArgumentException("no URL for " + webhook.type().configName());
        }
        byte[] body = webhook.body().getBytes(StandardCharsets.UTF_8);
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(timeout)
                .header("Content-Type", "application/json; charset=utf-8")
                .POST(BodyPublishers.ofByteArray(body));
        signature.sign(request, url, body);
        long start = System.nanoTime();
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Answer.Status(response.statusCode(), response.body(), elapsed(start));
        } catch (IOException e) {
            return new Answer.Failure(problem(e), elapsed(start));
        }
    }

    Duration timeout() {
        return timeout;
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    /** A kind of exception; of TLS also what was wrong, since the kinds say nothing. */
    private static String problem(IOException failure) {
        String certificate = "";
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertPathBuilderException || cause instanceof CertPathValidatorException) {
                return "TLS: the server's certificate is not trusted; name its authority with --ca";
            }
            if (cause instanceof CertificateException) {
                certificate = "TLS: " + cause.getMessage();
            }
        }
        if (!certificate.isEmpty()) {
            return certificate;
        }
        return failure instanceof SSLException
                ? "TLS: " + failure.getMessage()
                : failure.getClass().getSimpleName();
    }

    private static Duration elapsed(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** How a request ended. */
    public sealed interface Answer {

        Duration took();

        /** There was a response. */
        record Status(int code, String body, Duration took) implements Answer {
            public boolean success() {
                return code >= 200 && code < 300;
            }
        }

        /**
         * There was none.
         *
         * @param problem the kind of exception
         */
        record Failure(String problem, Duration took) implements Answer {}
    }
}
