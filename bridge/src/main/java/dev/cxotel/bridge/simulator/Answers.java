package dev.cxotel.bridge.simulator;

import dev.cxotel.bridge.simulator.WebhookClient.Answer;
import java.util.Collections;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

/** What became of the requests of a load: how many by answer, and how long they took. Safe for any thread. */
public final class Answers implements Load.Listener {

    private final Map<String, Long> counts = new TreeMap<>();
    private final Values seconds = new Values();
    private long refused;

    @Override
    public synchronized void ended(Webhook webhook, Answer answer) {
        String name =
                switch (answer) {
                    case Answer.Status status -> String.valueOf(status.code());
                    case Answer.Failure failure -> failure.problem();
                };
        counts.merge(name, 1L, Long::sum);
        seconds.add(answer.took().toNanos() / 1e9);
        refused += answer instanceof Answer.Status status && status.success() ? 0 : 1;
    }

    /** Requests by status code, or by the kind of exception where there was no answer; sorted. */
    public synchronized Map<String, Long> counts() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    public synchronized long total() {
        return seconds.count();
    }

    /** Requests that were not answered 2xx. */
    public synchronized long refused() {
        return refused;
    }

    /** Seconds that {@code share} (0 to 1) of the requests did not exceed. */
    public synchronized OptionalDouble percentile(double share) {
        return seconds.percentile(share);
    }
}
