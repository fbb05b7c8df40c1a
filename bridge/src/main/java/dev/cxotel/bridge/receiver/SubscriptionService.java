package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.access.Access;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.event.Unreadable;
import dev.cxotel.bridge.journal.AppendResult;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.signal.Decoder;
import io.helidon.http.Method;
import io.helidon.webserver.http.ServerRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walk of a webhook to one subscription: address and rate, authentication that needs no body, the body within its limits,
 * authentication that needs it, decoding, the journal. It ends in exactly one {@link Answer}.
 */
final class SubscriptionService {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionService.class);

    private static final Duration LOG_PAUSE = Duration.ofSeconds(1);
    private static final AuthResult FOREIGN_ADDRESS = new AuthResult.Forbidden("address_not_allowed");
    private static final long MOST_SECONDS = 3600;

    private final SeldomLog strangers = new SeldomLog(LOG_PAUSE, System::nanoTime);
    private final SeldomLog refusals = new SeldomLog(LOG_PAUSE, System::nanoTime);
    private final SubscriptionConfig subscription;
    private final Access access;
    private final List<Authenticator> authenticators;
    private final Unverified unverified;
    private final Admission admission;
    private final BodyIntake intake;
    private final Decoder decoder;
    private final Semaphore decoding;
    private final Journal journal;
    private final Observations observations;
    private final DoorTelemetry telemetry;

    SubscriptionService(
            SubscriptionConfig subscription,
            Access access,
            List<Authenticator> authenticators,
            Unverified unverified,
            Admission admission,
            BodyIntake intake,
            Decoder decoder,
            Semaphore decoding,
            Journal journal,
            Observations observations,
            DoorTelemetry telemetry) {
        this.subscription = subscription;
        this.access = access;
        this.authenticators = List.copyOf(authenticators);
        this.unverified = unverified;
        this.admission = admission;
        this.intake = intake;
        this.decoder = decoder;
        this.decoding = decoding;
        this.journal = journal;
        this.observations = observations;
        this.telemetry = telemetry;
    }

    SubscriptionConfig subscription() {
        return subscription;
    }

    Answer receive(ServerRequest request, Instant receivedAt) {
        Method method = request.prologue().method();
        if (method.equals(Method.GET) || method.equals(Method.HEAD)) {
            return Answer.Refused.of(Refusal.PROBE, "Webhooks are sent here with POST.");
        }
        if (!method.equals(Method.POST)) {
            return Answer.Refused.of(Refusal.METHOD_NOT_ALLOWED, "Webhooks are sent here with POST.");
        }
        try (Admission.Share share = admission.open()) {
            WebhookRequest head = RequestView.of(request, receivedAt);
            if (!access.allows(head)) {
                throw refused(FOREIGN_ADDRESS, head);
            }
            pace(access.untilNext());
            WebhookRequest.Body body = authenticated(head, request, share);
            pace(access.enter());
            return body.decoded().isEmpty()
                    ? new Answer.Empty()
                    : store(new Delivery(subscription.name(), receivedAt, body.decoded()));
        } catch (RefusedException e) {
            return e.answer();
        }
    }

    private static void pace(Duration wait) {
        if (!wait.isZero()) {
            int seconds =
                    (int) Math.min(MOST_SECONDS, wait.plusNanos(999_999_999).toSeconds());
            throw new RefusedException(
                    Refusal.RATE_LIMITED, "More webhooks came than rate_limit allows; try again later.", seconds);
        }
    }

    /** The body of a request that every authenticator knows. */
    private WebhookRequest.Body authenticated(WebhookRequest head, ServerRequest request, Admission.Share share) {
        Optional<AuthResult> early = judge(head, false, Optional.empty());
        if (early.isPresent() && !unverified.wantsBody()) {
            throw refused(early.get(), head);
        }
        WebhookRequest complete;
        try {
            complete = head.withBody(intake.read(request, share));
        } catch (RefusedException e) {
            throw early.map(result -> refused(result, head)).orElse(e);
        }
        Optional<AuthResult> late = judge(complete, true, early);
        if (late.isPresent()) {
            unverified.refused(complete, reason(late.get()), body -> decode(body) instanceof Decoding.Decoded);
            throw refused(late.get(), complete);
        }
        return complete.body().orElseThrow();
    }

    /**
     * Asks those that need the body, or those that do not. Who judges the connection ends the walk; a message that was not
     * verified is returned, and only the others are asked on.
     */
    private Optional<AuthResult> judge(WebhookRequest request, boolean withBody, Optional<AuthResult> before) {
        Optional<AuthResult> unknown = before;
        for (Authenticator authenticator : authenticators) {
            boolean later = authenticator.canJudgeLater();
            if (authenticator.needsBody() == withBody && !(later && unknown.isPresent())) {
                switch (authenticator.authenticate(request)) {
                    case AuthResult.Authenticated known ->
                        log.debug("{}: request of {}", subscription.name(), known.principal());
                    case AuthResult.Unauthorized no -> {
                        if (!later) {
                            throw refused(no, request);
                        }
                        unknown = Optional.of(no);
                    }
                    case AuthResult.Forbidden no -> throw refused(no, request);
                }
            }
        }
        return unknown;
    }

    private static String reason(AuthResult result) {
        return switch (result) {
            case AuthResult.Authenticated ignored -> "";
            case AuthResult.Unauthorized no -> no.reason();
            case AuthResult.Forbidden no -> no.reason();
        };
    }

    private RefusedException refused(AuthResult result, WebhookRequest request) {
        return result instanceof AuthResult.Forbidden
                ? refused(Refusal.FORBIDDEN, reason(result), "The sender is not allowed here.", request)
                : refused(Refusal.UNAUTHORIZED, reason(result), "The sender is not authenticated.", request);
    }

    private RefusedException refused(Refusal refusal, String reason, String detail, WebhookRequest request) {
        telemetry.authenticationFailed(subscription.name(), reason);
        strangers
                .admit()
                .ifPresent(more -> log.warn(
                        "{}: {} ({}) from {}; {} more since the last such line",
                        subscription.name(),
                        refusal.reason(),
                        reason,
                        request.remote(),
                        more));
        return new RefusedException(refusal, detail);
    }

    private Answer store(Delivery delivery) {
        return switch (decode(delivery.body())) {
            case Decoding.NotJson notJson -> {
                journal.keepRefused(delivery, Refusal.NOT_JSON.reason(), notJson.problem());
                yield Answer.Refused.of(Refusal.NOT_JSON, notJson.problem());
            }
            case Decoding.Decoded decoded -> append(delivery, decoded);
        };
    }

    private Answer append(Delivery delivery, Decoding.Decoded decoded) {
        return switch (journal.append(delivery, decoded.events(), decoded.unreadable())) {
            case AppendResult.Unavailable unavailable -> {
                refusals.admit()
                        .ifPresent(more -> log.error(
                                "{}: a webhook was refused, the journal is not available ({}): {}; {} more since the last"
                                        + " such line",
                                subscription.name(),
                                unavailable.reason(),
                                unavailable.detail(),
                                more));
                yield new Answer.Refused(Refusal.UNAVAILABLE, unavailable.reason(), "Try again later.");
            }
            case AppendResult.Appended appended -> {
                observe(delivery, decoded, appended);
                yield new Answer.Accepted(appended.appended(), appended.duplicates(), appended.unreadable());
            }
        };
    }

    /** Trees are many times as large as their bodies: only a few are made at once. */
    private Decoding decode(Bytes body) {
        decoding.acquireUninterruptibly();
        try {
            return decoder.decode(body);
        } catch (RuntimeException | StackOverflowError e) {
            log.error("{}: a bug in the decoder; the webhook is kept: {}", subscription.name(), Incident.of(e));
            Unreadable whole = new Unreadable(0, "decoder_bug", e.getClass().getName());
            return new Decoding.Decoded(List.of(), List.of(whole), List.of());
        } finally {
            decoding.release();
        }
    }

    /** The events are durable: whatever goes wrong with looking at them must not make the sender send them again. */
    private void observe(Delivery delivery, Decoding.Decoded decoded, AppendResult.Appended appended) {
        try {
            observations.appended(subscription, delivery, decoded, appended);
        } catch (RuntimeException e) {
            log.error("{}: a bug in looking at stored events: {}", subscription.name(), Incident.of(e));
        }
    }
}
