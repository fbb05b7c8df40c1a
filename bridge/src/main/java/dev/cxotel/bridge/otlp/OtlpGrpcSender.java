package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.otlp.answer.GrpcAnswer;
import dev.cxotel.bridge.otlp.answer.IoTrouble;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.GrpcResponse;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The way of one exporter's bytes over gRPC: the SDK's sender sends them, the calling thread waits for its answer, which
 * is judged and handed to the {@link Exchange} of the call.
 */
final class OtlpGrpcSender implements GrpcSender {
    /** The sender below ends by its own time-out; this is for a sender that does not. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final GrpcSender sender;
    private final Duration timeout;
    private final BadRequest badRequest;

    OtlpGrpcSender(GrpcSender sender, Duration timeout, BadRequest badRequest) {
        this.sender = sender;
        this.timeout = timeout;
        this.badRequest = badRequest;
    }

    @Override
    public void send(MessageWriter writer, Consumer<GrpcResponse> onResponse, Consumer<Throwable> onError) {
        CompletableFuture<GrpcResponse> answered = new CompletableFuture<>();
        sender.send(Message.of(writer), answered::complete, answered::completeExceptionally);
        try {
            GrpcResponse response = answered.get(timeout.plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
            GrpcAnswer answer = new GrpcAnswer(
                    response.getStatusCode(),
                    Optional.ofNullable(response.getStatusDescription()).orElse(""),
                    Optional.ofNullable(response.getResponseMessage()).orElse(new byte[0]));
            Exchange.report(answer.judge(badRequest));
            onResponse.accept(response);
        } catch (TimeoutException e) {
            fail(e, "timeout", onError);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e, "interrupted", onError);
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            fail(cause, IoTrouble.word(cause), onError);
        }
    }

    @Override
    public CompletableResultCode shutdown() {
        return sender.shutdown();
    }

    private static void fail(Throwable cause, String reason, Consumer<Throwable> onError) {
        Exchange.report(new ExportResult.Retryable(0, Optional.empty(), reason, IoTrouble.text(cause)));
        onError.accept(cause);
    }

    /** A message that was encoded on the caller's thread, where a bug in it is noticed. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Message(byte[] bytes) implements MessageWriter {
        static Message of(MessageWriter writer) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(Math.max(64, writer.getContentLength()));
            try {
                writer.writeMessage(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException("memory cannot be written", e);
            }
            return new Message(bytes.toByteArray());
        }

        @Override
        public void writeMessage(OutputStream output) throws IOException {
            output.write(bytes);
        }

        @Override
        public int getContentLength() {
            return bytes.length;
        }
    }
}
