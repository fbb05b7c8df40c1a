package dev.cxotel.bridge.auth;

import dev.cxotel.bridge.config.Loopback;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SubscriptionConfig;
import java.util.ArrayList;
import java.util.List;

/** The rule that decides whether a receiver may listen where it is told to. */
public final class ListenRule {

    private ListenRule() {}

    /** One sentence for each thing that forbids the start; empty when it may start. Touches no network. */
    public static List<String> problems(ReceiverConfig receiver) {
        List<String> problems = new ArrayList<>();
        if (receiver.http2()) {
            problems.add("receiver.http2 is true, but this build speaks HTTP/1.1 only: leave the key out");
        }
        if (!Loopback.is(receiver.host())) {
            for (SubscriptionConfig subscription : receiver.subscriptions()) {
                if (!subscription.auth().spelledOut() && !subscription.auth().required()) {
                    problems.add("subscription \"" + subscription.name() + "\" has no authentication, and "
                            + receiver.host() + " can be reached from other machines: configure auth, spell out"
                            + " \"auth: none\" on it, or listen on " + ReceiverConfig.DEFAULT_HOST);
                }
            }
        }
        return problems;
    }
}
