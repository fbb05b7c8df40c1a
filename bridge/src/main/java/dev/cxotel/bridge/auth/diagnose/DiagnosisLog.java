package dev.cxotel.bridge.auth.diagnose;

import dev.cxotel.bridge.auth.WebhookRequest;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last diagnoses, for the log and the admin API. One is made at a time and one in {@value #PAUSE_SECONDS} s, since each
 * costs some tenths of a second and anybody can ask for one; those that come in between are only counted.
 */
public final class DiagnosisLog {

    static final int KEPT = 20;
    static final int PAUSE_SECONDS = 5;

    private static final Logger log = LoggerFactory.getLogger(DiagnosisLog.class);

    private final Map<String, Diagnostician> diagnosticians;
    private final LongSupplier nanoTime;
    private final Semaphore one = new Semaphore(1);
    private final Deque<Diagnosis> last = new ArrayDeque<>();
    private long next;
    private long passedOver;

    /**
     * @param diagnosticians by the subscription's name
     * @param nanoTime as of {@link System#nanoTime()}
     */
    public DiagnosisLog(Map<String, Diagnostician> diagnosticians, LongSupplier nanoTime) {
        this.diagnosticians = Map.copyOf(diagnosticians);
        this.nanoTime = nanoTime;
        this.next = nanoTime.getAsLong();
    }

    /** Diagnoses a request of the subscription, if there is time for it. */
    public void examine(String subscription, WebhookRequest request) {
        Diagnostician diagnostician = diagnosticians.get(subscription);
        if (diagnostician == null) {
            return;
        }
        if (!one.tryAcquire()) {
            passOver();
            return;
        }
        try {
            if (isDue()) {
                add(diagnostician.examine(request));
            }
        } finally {
            one.release();
        }
    }

    /** The newest first. */
    public synchronized List<Diagnosis> last() {
        return List.copyOf(last);
    }

    private synchronized boolean isDue() {
        long now = nanoTime.getAsLong();
        if (now - next < 0) {
            passedOver++;
            return false;
        }
        next = now + Duration.ofSeconds(PAUSE_SECONDS).toNanos();
        return true;
    }

    private synchronized void passOver() {
        passedOver++;
    }

    private synchronized void add(Diagnosis diagnosis) {
        log.warn(
                "{}: diagnosis of an unverified request ({} others were passed over):\n{}",
                diagnosis.subscription(),
                passedOver,
                diagnosis.toText().stripTrailing());
        passedOver = 0;
        last.addFirst(diagnosis);
        if (last.size() > KEPT) {
            last.removeLast();
        }
    }
}
