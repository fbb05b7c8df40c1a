package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.AdminConfig;
import dev.cxotel.bridge.config.HealthConfig;
import dev.cxotel.bridge.config.Loopback;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.yaml.Section;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The rules of the three listeners' addresses. No name is looked up: only {@code localhost} and literals are known. */
final class Listeners {

    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\\.[A-Za-z0-9-]+)*");

    private Listeners() {}

    static void check(Section root, ReceiverConfig receiver, HealthConfig health, AdminConfig admin) {
        refuseOpenReceiver(root.section("receiver"), receiver);
        Listener webhooks = new Listener("receiver", receiver.host(), receiver.port());
        Listener probes = new Listener("health", health.host(), health.port());
        Listener operators = new Listener("admin", admin.host(), admin.port());
        for (List<Listener> pair :
                List.of(List.of(webhooks, probes), List.of(webhooks, operators), List.of(probes, operators))) {
            Listener first = pair.getFirst();
            Listener second = pair.getLast();
            if (first.collides(second)) {
                Section where = root.section(second.name());
                where.problem("port", "the " + first.name() + " listens on port " + first.port() + " already");
            }
        }
    }

    private static void refuseOpenReceiver(Section section, ReceiverConfig receiver) {
        if (Loopback.is(receiver.host())) {
            return;
        }
        String why = "the receiver listens on " + receiver.host()
                + ", beyond this machine, and anybody could post here; configure `auth`, or, if that is meant, write `auth: none`";
        List<Section> written = section.sections("subscriptions");
        if (written.isEmpty()) {
            section.problem("host", why + " on each of `subscriptions`");
        }
        written.stream().filter(one -> !one.has("auth")).forEach(one -> one.problem("auth", why));
    }

    /** The host at {@code host}: a name or an address without port and brackets. */
    static String host(Section section, String absent) {
        return section.parsed(
                        "host",
                        text -> literal(text).isPresent() || NAME.matcher(text).matches()
                                ? Optional.of(text)
                                : Optional.empty(),
                        "a host name or an IP address (without port and brackets)")
                .orElse(absent);
    }

    private static Optional<InetAddress> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private record Listener(String name, String host, int port) {
        boolean collides(Listener other) {
            boolean sameHost = host.equalsIgnoreCase(other.host)
                    || isAny()
                    || other.isAny()
                    || (Loopback.is(host) && Loopback.is(other.host));
            return port != 0 && port == other.port && sameHost;
        }

        private boolean isAny() {
            return literal(host).map(InetAddress::isAnyLocalAddress).orElse(false);
        }
    }
}
