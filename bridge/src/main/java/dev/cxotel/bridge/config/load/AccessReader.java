package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.AccessConfig;
import dev.cxotel.bridge.config.Cidr;
import dev.cxotel.bridge.config.SubscriptionConfig.OnUnverified;
import dev.cxotel.bridge.config.yaml.Section;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The keys of a subscription that say who may come, how often, and what becomes of what does not verify. */
final class AccessReader {

    private static final Pattern RATE = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,6})?) ?/ ?(s|m|h)");
    private static final Map<String, Integer> SECONDS = Map.of("s", 1, "m", 60, "h", 3600);
    private static final double HIGHEST_RATE = 1e6;

    private AccessReader() {}

    static AccessConfig access(Section subscription) {
        return new AccessConfig(
                blocks(subscription, "allow_from"),
                subscription.parsed("rate_limit", AccessReader::rate, "a rate such as 100/s, 30/m or 1000/h"));
    }

    /** The CIDR blocks of the list at {@code key}. */
    static List<String> blocks(Section section, String key) {
        List<String> blocks = section.list(key);
        for (int i = 0; i < blocks.size(); i++) {
            if (Cidr.parse(blocks.get(i)).isEmpty()) {
                section.problem(
                        key,
                        i,
                        "\"" + blocks.get(i) + "\" is no block of addresses such as 192.0.2.0/24 or 2001:db8::/32");
            }
        }
        return blocks;
    }

    static Optional<URI> signatureUrl(Section subscription) {
        return subscription.parsed(
                "signature_url",
                AccessReader::url,
                "a URL such as https://hooks.example.com/v1/voice-quality, exactly as in CXone's form");
    }

    static OnUnverified onUnverified(Section subscription) {
        return subscription.choice("on_unverified", Words.of(OnUnverified.values()), OnUnverified.REFUSE);
    }

    /** Requests a second, as {@link #rate} reads it back. */
    static String rateText(double perSecond) {
        for (Map.Entry<String, Integer> unit : List.of(Map.entry("s", 1), Map.entry("m", 60), Map.entry("h", 3600))) {
            double rate = perSecond * unit.getValue();
            long whole = Math.round(rate);
            if (whole >= 1 && Math.abs(rate - whole) < 1e-6) {
                return whole + "/" + unit.getKey();
            }
        }
        return perSecond + "/s";
    }

    private static Optional<Double> rate(String text) {
        Matcher rate = RATE.matcher(text);
        if (!rate.matches()) {
            return Optional.empty();
        }
        double perSecond = Double.parseDouble(rate.group(1)) / SECONDS.getOrDefault(rate.group(2), 1);
        return perSecond > 0 && perSecond <= HIGHEST_RATE ? Optional.of(perSecond) : Optional.empty();
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text);
            boolean whole = url.getHost() != null
                    && ("http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme()))
                    && url.getRawFragment() == null
                    && url.getRawUserInfo() == null;
            return whole ? Optional.of(url) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
