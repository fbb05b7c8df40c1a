package dev.cxotel.bridge.auth.diagnose;

import dev.cxotel.bridge.auth.PublicUrl;
import dev.cxotel.bridge.auth.TrustedProxies;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.forwarding.Forwarding;
import dev.cxotel.bridge.auth.forwarding.Origin;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** The URLs that the sender of a request may have signed, each with words that say which it is and hold nothing sent. */
final class UrlVariants {

    private static final int MOST = 16;
    private static final Forwarding CREDULOUS = new Forwarding(TrustedProxies.of(List.of("0.0.0.0/0", "::/0")));

    private UrlVariants() {}

    /** The likeliest first. */
    static SequencedMap<String, PublicUrl> of(WebhookRequest request, SignedUrls urls) {
        SequencedMap<String, String> texts = new LinkedHashMap<>();
        add(texts, "that is in force", urls.url().of(request));
        add(texts, "of signature_url", urls.signatureUrl().of(request));
        Origin believed = CREDULOUS.origin(request);
        add(texts, "that forwarding headers tell (trusted_proxies?)", believed.url(request.target()));
        new LinkedHashMap<>(texts).forEach((name, url) -> {
            variant(url, "https").ifPresent(other -> add(texts, name + ", with https", other));
            variant(url, "http").ifPresent(other -> add(texts, name + ", with http", other));
        });
        new LinkedHashMap<>(texts).forEach((name, url) -> {
            withPort(url).ifPresent(other -> add(texts, name + ", with the usual port spelled out", other));
            int mark = url.indexOf('?');
            if (mark >= 0) {
                add(texts, name + ", without query", url.substring(0, mark));
            }
            add(texts, name + ", with a slash at its end", url + "/");
        });
        add(texts, "without scheme and host", request.target());
        SequencedMap<String, PublicUrl> variants = new LinkedHashMap<>();
        texts.entrySet().stream().limit(MOST).forEach(entry -> variants.put(entry.getKey(), any -> entry.getValue()));
        return variants;
    }

    private static void add(Map<String, String> texts, String name, String url) {
        if (!texts.containsValue(url)) {
            texts.put(name, url);
        }
    }

    private static Optional<String> variant(String url, String scheme) {
        int end = url.indexOf("://");
        return end < 0 ? Optional.empty() : Optional.of(scheme + url.substring(end));
    }

    private static Optional<String> withPort(String url) {
        int start = url.indexOf("://");
        int slash = start < 0 ? -1 : url.indexOf('/', start + 3);
        String authority = slash < 0 ? "" : url.substring(start + 3, slash);
        if (authority.isEmpty() || authority.lastIndexOf(':') > authority.lastIndexOf(']')) {
            return Optional.empty();
        }
        return Optional.of(url.substring(0, slash) + (url.startsWith("https") ? ":443" : ":80") + url.substring(slash));
    }
}
