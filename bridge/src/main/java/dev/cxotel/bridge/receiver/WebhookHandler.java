package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.receiver.listener.BodyTimeoutException;
import dev.cxotel.bridge.receiver.listener.PacedSource;
import dev.cxotel.bridge.receiver.listener.Problem;
import io.helidon.common.buffers.DataReader.InsufficientDataAvailableException;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Method;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The receiver's door: finds the subscription, has it answer, counts the answer and sends it. Whatever happens, each
 * request ends in one answer and one count.
 */
final class WebhookHandler implements Handler {

    private static final Logger log = LoggerFactory.getLogger(WebhookHandler.class);

    /** A refused body is read to its end within these, so that its sender comes to read the answer. */
    private static final long MOST_DISCARDED = 8L << 20;

    private static final Answer.Accepted NOTHING = new Answer.Accepted(0, 0, 0);
    private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration SLOW_DISCARD_TIMEOUT = Duration.ofSeconds(1);

    private final Map<String, SubscriptionService> byPath;
    private final int successStatus;
    private final int probeStatus;
    private final Gate gate;
    private final Journal journal;
    private final DoorTelemetry telemetry;
    private final InstantSource clock;
    private final RandomGenerator random;

    WebhookHandler(
            Map<String, SubscriptionService> byPath,
            int successStatus,
            int probeStatus,
            Gate gate,
            Journal journal,
            DoorTelemetry telemetry,
            InstantSource clock,
            RandomGenerator random) {
        this.byPath = Map.copyOf(byPath);
        this.successStatus = successStatus;
        this.probeStatus = probeStatus;
        this.gate = gate;
        this.journal = journal;
        this.telemetry = telemetry;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long began = System.nanoTime();
        @Nullable SubscriptionService service = byPath.get(request.path().path());
        Optional<String> subscription =
                Optional.ofNullable(service).map(one -> one.subscription().name());
        boolean inside = gate.enter();
        try {
            Answer answer = inside
                    ? answer(service, request)
                    : Answer.Refused.of(Refusal.STOPPING, "Send it again in a few seconds.");
            subscription.ifPresent(name -> book(name, answer));
            telemetry.answered(subscription, answer, status(answer), (System.nanoTime() - began) / 1e9);
            send(answer, request, response);
        } finally {
            if (inside) {
                gate.leave();
            }
        }
    }

    private Answer answer(@Nullable SubscriptionService service, ServerRequest request) {
        if (service == null) {
            return Answer.Refused.of(Refusal.NOT_FOUND, "Compare the path with the configured subscriptions.");
        }
        try {
            return service.receive(request, clock.instant());
        } catch (RuntimeException | StackOverflowError e) {
            byte[] id = new byte[6];
            random.nextBytes(id);
            String incident = HexFormat.of().formatHex(id);
            log.error("{}: incident {}: {}", service.subscription().name(), incident, Incident.of(e));
            return Answer.Refused.of(Refusal.INTERNAL_ERROR, "The bridge's log has incident " + incident + ".");
        }
    }

    /** Appends are counted by the journal in their own transaction. */
    private void book(String subscription, Answer answer) {
        switch (answer) {
            case Answer.Accepted ignored -> {}
            case Answer.Empty ignored -> journal.count(subscription, "empty");
            case Answer.Refused refused -> journal.count(subscription, refused.reason());
        }
    }

    private int status(Answer answer) {
        return switch (answer) {
            case Answer.Accepted ignored -> successStatus;
            case Answer.Empty ignored -> successStatus;
            case Answer.Refused refused ->
                refused.refusal() == Refusal.PROBE
                        ? probeStatus
                        : refused.refusal().status();
        };
    }

    private void send(Answer answer, ServerRequest request, ServerResponse response) {
        response.status(Status.create(status(answer)));
        switch (answer) {
            case Answer.Accepted accepted -> sendReceipt(response, accepted);
            case Answer.Empty ignored -> sendReceipt(response, NOTHING);
            case Answer.Refused refused -> sendProblem(refused, request, response);
        }
        if (request.headers().containsToken(HeaderValues.CONNECTION_CLOSE)) {
            // Helidon 4.5.0 says that it will close, and does not (its issue 12324).
            throw new CloseConnectionException("the sender asked for it");
        }
    }

    private void sendReceipt(ServerResponse response, Answer.Accepted accepted) {
        if (successStatus == Status.NO_CONTENT_204.code()) {
            response.send();
            return;
        }
        String receipt = "{\"accepted\":" + accepted.appended() + ",\"duplicates\":" + accepted.duplicates()
                + ",\"quarantined\":" + accepted.quarantined() + "}";
        response.header(HeaderNames.CONTENT_TYPE, "application/json");
        response.send(receipt.getBytes(StandardCharsets.UTF_8));
    }

    private void sendProblem(Answer.Refused refused, ServerRequest request, ServerResponse response) {
        Refusal refusal = refused.refusal();
        boolean unread = !request.content().consumed();
        boolean closing = unread || refusal == Refusal.STOPPING;
        if (closing) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        headers(refused, response);
        if (request.prologue().method().equals(Method.HEAD) || status(refused) == Status.OK_200.code()) {
            response.send();
        } else {
            response.header(HeaderNames.CONTENT_TYPE, Problem.CONTENT_TYPE);
            response.send(new Problem(refusal.status(), refused.reason(), refusal.title(), refused.detail()).toJson());
        }
        if (unread) {
            discard(refusal, request);
        }
        if (closing) {
            throw new CloseConnectionException("the body was refused");
        }
    }

    private static void headers(Answer.Refused refused, ServerResponse response) {
        if (refused.retryAfterSeconds() > 0) {
            response.header(HeaderNames.RETRY_AFTER, Integer.toString(refused.retryAfterSeconds()));
        }
        switch (refused.refusal()) {
            case METHOD_NOT_ALLOWED, PROBE -> response.header(HeaderNames.ALLOW, "POST");
            case CONTENT_ENCODING -> response.header(HeaderNames.ACCEPT_ENCODING, ContentCoding.UNDERSTOOD);
            case UNAUTHORIZED -> response.header(HeaderNames.WWW_AUTHENTICATE, "Signature realm=\"cxotel\"");
            case NOT_FOUND,
                    BODY_TIMEOUT,
                    BODY_TOO_LARGE,
                    BAD_ENCODING,
                    BAD_FRAMING,
                    INCOMPLETE_BODY,
                    NOT_JSON,
                    FORBIDDEN,
                    RATE_LIMITED,
                    IN_FLIGHT_BYTES,
                    STOPPING,
                    UNAVAILABLE,
                    INTERNAL_ERROR -> {}
        }
    }

    /** Closing with bytes unread would reset the connection, and the sender would lose the answer. */
    private static void discard(Refusal refusal, ServerRequest request) {
        if (request.headers().containsToken(HeaderValues.EXPECT_100) && !request.continueSent()) {
            return;
        }
        Duration timeout = refusal == Refusal.BODY_TIMEOUT ? SLOW_DISCARD_TIMEOUT : DISCARD_TIMEOUT;
        PacedSource source = PacedSource.current();
        if (request.headers().contentLength().orElse(Long.MAX_VALUE) > MOST_DISCARDED) {
            source.discard(MOST_DISCARDED, timeout);
            return;
        }
        source.bodyBegins(timeout, PacedSource.Toll.FREE);
        try {
            request.content().consume();
        } catch (BodyTimeoutException | CloseConnectionException | InsufficientDataAvailableException e) {
            log.debug("a refused body did not come to its end");
        }
    }
}
