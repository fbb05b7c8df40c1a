package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import dev.cxotel.bridge.otlp.answer.Answer;
import dev.cxotel.bridge.otlp.answer.BackendClock;
import dev.cxotel.bridge.otlp.answer.BoundedBody;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.otlp.answer.IoTrouble;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The way of one exporter's bytes to its endpoint: one POST on the calling thread, the answer judged and handed to the
 * {@link Exchange} of the call. It does not retry and follows no redirect.
 */
final class OtlpSender implements HttpSender {

    /** OTLP's specification asks to bound what is read of a response. */
    static final int LONGEST_RESPONSE = 4 << 20;

    private final HttpClient client;
    private final HttpSenderConfig config;
    private final BadRequest badRequest;
    private final String userAgent;
    private final InstantSource clock;
    private final BackendClock backendClock;

    OtlpSender(
            HttpClient client,
            HttpSenderConfig config,
            BadRequest badRequest,
            String userAgent,
            InstantSource clock,
            BackendClock backendClock) {
        this.client = client;
        this.config = config;
        this.badRequest = badRequest;
        this.userAgent = userAgent;
        this.clock = clock;
        this.backendClock = backendClock;
    }

    @Override
    public void send(MessageWriter writer, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
        CompletableFuture<java.net.http.HttpResponse<byte[]>> sent = null;
        try {
            sent = client.sendAsync(request(writer), answer -> new BoundedBody(LONGEST_RESPONSE));
            Answer answer = answer(sent.get(config.getTimeout().toNanos(), TimeUnit.NANOSECONDS));
            Instant now = clock.instant();
            backendClock.answered(answer.date(), now);
            Exchange.report(answer.judge(now, badRequest));
            onResponse.accept(new SdkResponse(answer.status(), answer.body()));
        } catch (TimeoutException e) {
            sent.cancel(true);
            fail(new IOException("no answer within " + config.getTimeout().toMillis() + " ms", e), "timeout", onError);
        } catch (InterruptedException e) {
            if (sent != null) {
                sent.cancel(true);
            }
            Thread.currentThread().interrupt();
            fail(e, "interrupted", onError);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            fail(cause, IoTrouble.word(cause), onError);
        } catch (IOException e) {
            fail(e, IoTrouble.word(e), onError);
        }
    }

    @Override
    public CompletableResultCode shutdown() {
        return CompletableResultCode.ofSuccess();
    }

    private HttpRequest request(MessageWriter writer) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(config.getEndpoint());
        config.getHeadersSupplier()
                .get()
                .forEach((name, values) -> values.forEach(value -> request.header(name, value)));
        request.setHeader("User-Agent", userAgent);
        request.setHeader("Content-Type", config.getContentType());
        Compressor compressor = config.getCompressor();
        if (compressor != null) {
            request.setHeader("Content-Encoding", compressor.getEncoding());
        }
        return request.POST(HttpRequest.BodyPublishers.ofByteArray(bytes(writer, compressor)))
                .build();
    }

    private static byte[] bytes(MessageWriter writer, @org.jspecify.annotations.Nullable Compressor compressor)
            throws IOException {
        int length = Math.max(64, writer.getContentLength());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(compressor == null ? length : length / 4);
        if (compressor == null) {
            writer.writeMessage(bytes);
        } else {
            try (OutputStream compressed = compressor.compress(bytes)) {
                writer.writeMessage(compressed);
            }
        }
        return bytes.toByteArray();
    }

    private static Answer answer(java.net.http.HttpResponse<byte[]> response) {
        Trial.saw(response);
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                response.headers().firstValue("Retry-After"),
                response.headers().firstValue("Date"),
                response.headers().firstValue("Location"),
                response.body());
    }

    private static void fail(Throwable cause, String reason, Consumer<Throwable> onError) {
        Exchange.report(new ExportResult.Retryable(0, Optional.empty(), reason, IoTrouble.text(cause)));
        onError.accept(cause);
    }

    /** The answer in the SDK's words; the body is only read by the exporter's own logging. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record SdkResponse(int getStatusCode, byte[] getResponseBody) implements HttpResponse {
        @Override
        public String getStatusMessage() {
            return "";
        }
    }
}
