package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.WebhookRequest;
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
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walk of a webhook to one subscription: authentication that needs no body, the body within its limits,
 * authentication that needs it, decoding, the journal. It ends in exactly one {@link Answer}.
 */
final class SubscriptionService {

    private static final Logger log = LoggerFactory.getLogger(SubscriptionService.class);

    private static final Duration LOG_PAUSE = Duration.ofSeconds(1);

    private final SeldomLog strangers = new SeldomLog(LOG_PAUSE, System::nanoTime);
    private final SeldomLog refusals = new SeldomLog(LOG_PAUSE, System::nanoTime);
    private final SubscriptionConfig subscription;
    private final List<Authenticator> authenticators;
    private final Admission admission;
    private final BodyIntake intake;
    private final Decoder decoder;
    private final Semaphore decoding;
    private final Journal journal;
    private final Observations observations;
    private final DoorTelemetry telemetry;

    SubscriptionService(
            SubscriptionConfig subscription,
            List<Authenticator> authenticators,
            Admission admission,
            BodyIntake intake,
            Decoder decoder,
            Semaphore decoding,
            Journal journal,
            Observations observations,
            DoorTelemetry telemetry) {
        this.subscription = subscription;
        this.authenticators = List.copyOf(authenticators);
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
            authenticate(head, false);
            WebhookRequest.Body body = intake.read(request, share);
            authenticate(head.withBody(body), true);
            return body.decoded().isEmpty()
                    ? new Answer.Empty()
                    : store(new Delivery(subscription.name(), receivedAt, body.decoded()));
        } catch (RefusedException e) {
            return Answer.Refused.of(e.refusal(), e.detail());
        }
    }

    private void authenticate(WebhookRequest request, boolean withBody) {
        for (Authenticator authenticator : authenticators) {
            if (authenticator.needsBody() == withBody) {
                switch (authenticator.authenticate(request)) {
                    case AuthResult.Authenticated known ->
                        log.debug("{}: request of {}", subscription.name(), known.principal());
                    case AuthResult.Unauthorized no ->
                        throw refused(Refusal.UNAUTHORIZED, no.reason(), "The sender is not authenticated.", request);
                    case AuthResult.Forbidden no ->
                        throw refused(Refusal.FORBIDDEN, no.reason(), "The sender is not allowed here.", request);
                }
            }
        }
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
