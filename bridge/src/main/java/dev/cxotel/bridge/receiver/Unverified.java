package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.auth.HeldRequest;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.journal.Journal;
import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of a request whose message could not be verified, beside its answer: a diagnosis, and a place in the journal
 * from which nothing is exported. Whatever goes wrong here changes nothing about the answer.
 */
final class Unverified {

    private static final Logger log = LoggerFactory.getLogger(Unverified.class);

    private static final Duration LOG_PAUSE = Duration.ofSeconds(10);

    private final SeldomLog lines = new SeldomLog(LOG_PAUSE, System::nanoTime);
    private final SubscriptionConfig subscription;
    private final Journal journal;
    private final DoorTelemetry telemetry;
    private final BiConsumer<SubscriptionConfig, WebhookRequest> diagnosis;

    Unverified(
            SubscriptionConfig subscription,
            Journal journal,
            DoorTelemetry telemetry,
            BiConsumer<SubscriptionConfig, WebhookRequest> diagnosis) {
        this.subscription = subscription;
        this.journal = journal;
        this.telemetry = telemetry;
        this.diagnosis = diagnosis;
    }

    /** Whether the body is wanted of a request that is refused already. */
    boolean wantsBody() {
        return subscription.diagnose() || holds();
    }

    /**
     * @param request with its body, refused as {@code reason}
     * @param isJson whether a body could be decoded
     */
    void refused(WebhookRequest request, String reason, Predicate<Bytes> isJson) {
        try {
            if (subscription.diagnose()) {
                diagnosis.accept(subscription, request);
            }
            if (holds()) {
                hold(request, reason, isJson);
            }
        } catch (RuntimeException e) {
            log.error("{}: a bug with an unverified request: {}", subscription.name(), Incident.of(e));
        }
    }

    private boolean holds() {
        return switch (subscription.onUnverified()) {
            case HOLD -> true;
            case REFUSE -> false;
        };
    }

    /** Only what is JSON is worth a place: there are few, and anybody can knock. */
    private void hold(WebhookRequest request, String reason, Predicate<Bytes> isJson) {
        request.body()
                .map(body -> new Delivery(subscription.name(), request.receivedAt(), body.decoded()))
                .filter(delivery -> !delivery.body().isEmpty())
                .filter(delivery -> isJson.test(delivery.body()))
                .ifPresent(delivery -> {
                    boolean held = journal.hold(delivery, HeldRequest.write(request), reason);
                    telemetry.held(subscription.name(), held);
                    lines.admit().ifPresent(more -> say(held, more));
                });
    }

    private void say(boolean held, long more) {
        if (held) {
            log.warn(
                    "{}: an unverified webhook is held; correct auth.signature, restart, and run cxotel quarantine replay;"
                            + " {} more since the last such line",
                    subscription.name(),
                    more);
        } else {
            log.error(
                    "{}: an unverified webhook could not be held, there is no room for more; {} more since the last such"
                            + " line",
                    subscription.name(),
                    more);
        }
    }
}
