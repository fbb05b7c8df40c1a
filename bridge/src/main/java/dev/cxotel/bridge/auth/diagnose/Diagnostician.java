package dev.cxotel.bridge.auth.diagnose;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.PublicUrl;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.Flaw;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.auth.signature.Verification;
import dev.cxotel.bridge.auth.signature.Verifier;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.auth.signature.key.VerificationKey;
import dev.cxotel.bridge.config.SubscriptionConfig;
import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.Template;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Supplier;

/**
 * Tries on a request that did not verify everything that might have verified it: each preset, then templates made of what
 * the request carries, each with every configured key and every URL that may have been signed. Its work is bounded. Safe for
 * any thread.
 */
public final class Diagnostician {

    private static final int MOST_NAMES = 64;
    private static final int LONGEST_NAME = 64;
    private static final int MOST_MATCHES = 5;
    private static final int MOST_SEARCHED_URLS = 8;

    /** Verifications of one search: by hand, some seconds; at the door, some tenths of a second. */
    public static final int BY_HAND = 40_000;

    public static final int AT_THE_DOOR = 4_000;

    /** Bytes of bodies that a verification may hash, on the average. */
    private static final long HASHED_EACH = 8192;

    private final SubscriptionConfig subscription;
    private final Supplier<KeyRing> keys;
    private final SignedUrls urls;
    private final int mostVerifications;

    /** @param mostVerifications of one search: {@link #BY_HAND} or {@link #AT_THE_DOOR} */
    public Diagnostician(
            SubscriptionConfig subscription, Supplier<KeyRing> keys, SignedUrls urls, int mostVerifications) {
        this.subscription = subscription;
        this.keys = keys;
        this.urls = urls;
        this.mostVerifications = mostVerifications;
    }

    /**
     * Tries everything on one request.
     *
     * @param request with its body, judged as of the moment at which it arrived
     */
    public Diagnosis examine(WebhookRequest request) {
        KeyRing ring = keys.get();
        SequencedMap<String, PublicUrl> variants = UrlVariants.of(request, urls);
        SequencedMap<String, String> presets = new LinkedHashMap<>();
        List<Diagnosis.Match> matches = new ArrayList<>();
        List<Scheme> known = new ArrayList<>(SchemePresets.all());
        subscription
                .auth()
                .signature()
                .filter(signature -> signature.scheme().name().equals(Scheme.CUSTOM))
                .ifPresent(signature -> known.addFirst(signature.scheme()));
        for (Scheme scheme : known) {
            presets.put(scheme.name(), judge(scheme, request, ring, variants, matches));
        }
        boolean complete = !matches.isEmpty() || search(request, ring, variants, matches);
        return new Diagnosis(
                request.receivedAt(),
                subscription.name(),
                names(request.headers().stream().map(HeaderField::name).toList()),
                names(parameters(request.query())),
                presets,
                matches,
                complete);
    }

    private static String judge(
            Scheme scheme,
            WebhookRequest request,
            KeyRing ring,
            Map<String, PublicUrl> variants,
            List<Diagnosis.Match> matches) {
        Optional<Flaw> first = Optional.empty();
        for (Map.Entry<String, PublicUrl> variant : variants.entrySet()) {
            switch (verify(scheme, request, ring, variant.getValue())) {
                case Verification.Verified verified -> {
                    matches.add(match(scheme, variant.getKey(), verified, Optional.empty()));
                    return "verified";
                }
                case Verification.Refused refused -> {
                    if (isLateOrEarly(refused.flaw())) {
                        matches.add(untimely(scheme, variant.getKey(), request, ring, variant.getValue(), refused));
                        return refused.flaw().reason();
                    }
                    first = first.or(() -> Optional.of(refused.flaw()));
                }
            }
            if (!signsUrl(scheme)) {
                break;
            }
        }
        return first.map(Flaw::reason).orElse("");
    }

    /** Whether everything was tried. */
    private boolean search(
            WebhookRequest request, KeyRing ring, Map<String, PublicUrl> variants, List<Diagnosis.Match> matches) {
        Optional<String> consumer =
                ring.keys().stream().flatMap(key -> key.consumerId().stream()).findFirst();
        KeyRing always = new KeyRing(ring.keys().stream()
                .map(key -> new VerificationKey(
                        key.consumerId(), key.version(), key.material(), Optional.empty(), Optional.empty()))
                .toList());
        long size = request.body().map(body -> (long) body.wire().size()).orElse(0L);
        long each = ring.keys().stream()
                .mapToLong(key ->
                        Arrays.stream(Algorithm.values()).filter(key::fits).count())
                .sum();
        List<Map.Entry<String, PublicUrl>> likely =
                variants.entrySet().stream().limit(MOST_SEARCHED_URLS).toList();
        long verifications = 0;
        long hashed = 0;
        Iterator<TemplateScheme> schemes = new SchemeSearch(new Clues(request, ring, consumer), ring)
                .schemes()
                .iterator();
        while (schemes.hasNext() && matches.size() < MOST_MATCHES) {
            TemplateScheme scheme = schemes.next();
            for (Map.Entry<String, PublicUrl> variant : likely) {
                verifications += each;
                hashed += scheme.coversBody() ? size * each : 0;
                if (verifications > mostVerifications || hashed > mostVerifications * HASHED_EACH) {
                    return false;
                }
                Verification judged = verify(scheme, request, always, variant.getValue());
                if (judged instanceof Verification.Verified verified) {
                    matches.add(match(scheme, variant.getKey(), verified, Optional.empty()));
                    break;
                }
                if (judged instanceof Verification.Refused refused && isLateOrEarly(refused.flaw())) {
                    matches.add(untimely(scheme, variant.getKey(), request, always, variant.getValue(), refused));
                    break;
                }
                if (!signsUrl(scheme)) {
                    break;
                }
            }
        }
        return true;
    }

    private static Verification verify(Scheme scheme, WebhookRequest request, KeyRing ring, PublicUrl url) {
        return Verifier.of(scheme, new SignedUrls(url, url)).verify(request, ring, request.receivedAt());
    }

    /** Everything but the time was right: at the time that the request names, all is. */
    private static Diagnosis.Match untimely(
            Scheme scheme,
            String variant,
            WebhookRequest request,
            KeyRing ring,
            PublicUrl url,
            Verification.Refused refused) {
        Verification then = Verifier.of(scheme, new SignedUrls(url, url))
                .verify(request, ring, request.receivedAt().minus(refused.age().orElseThrow()));
        return then instanceof Verification.Verified verified
                ? match(scheme, variant, verified, refused.age())
                : new Diagnosis.Match(
                        scheme.name(),
                        "?",
                        "?",
                        Optional.empty(),
                        refused.age(),
                        false,
                        Suggestion.of(scheme, Optional.empty()));
    }

    /** @param late the age of one that is out of tolerance */
    private static Diagnosis.Match match(
            Scheme scheme, String variant, Verification.Verified verified, Optional<Duration> late) {
        return new Diagnosis.Match(
                scheme.name(),
                verified.keyVersion(),
                verified.algorithm().name().toLowerCase(Locale.ROOT),
                Optional.of(variant).filter(ignored -> signsUrl(scheme)),
                late.or(verified::age),
                late.isEmpty(),
                Suggestion.of(scheme, Optional.of(verified.algorithm())));
    }

    private static boolean isLateOrEarly(Flaw flaw) {
        return flaw == Flaw.STALE_TIMESTAMP || flaw == Flaw.FUTURE_TIMESTAMP;
    }

    private static boolean signsUrl(Scheme scheme) {
        return !(scheme instanceof TemplateScheme template)
                || template.template().uses(Template.Value.URL)
                || template.template().uses(Template.Value.SIGNATURE_URL);
    }

    private static List<String> parameters(String query) {
        return query.isEmpty()
                ? List.of()
                : List.of(query.split("&", MOST_NAMES + 1)).stream()
                        .map(parameter -> parameter.contains("=") ? parameter.substring(0, parameter.indexOf('=')) : "")
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** The sender chose them: bounded, and without anything but letters, digits and the marks of names. */
    private static List<String> names(List<String> names) {
        return names.stream()
                .map(name -> name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name)
                .map(name -> name.replaceAll("[^A-Za-z0-9._~!*'+-]", "?"))
                .distinct()
                .limit(MOST_NAMES)
                .toList();
    }
}
