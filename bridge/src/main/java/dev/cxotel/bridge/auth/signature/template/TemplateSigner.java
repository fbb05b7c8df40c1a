package dev.cxotel.bridge.auth.signature.template;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.PublicUrl;
import dev.cxotel.bridge.auth.RequestedUrl;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.FlawException;
import dev.cxotel.bridge.auth.signature.OutgoingRequest;
import dev.cxotel.bridge.auth.signature.Signed;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.auth.signature.Signer;
import dev.cxotel.bridge.config.scheme.AllowedAlgorithm;
import dev.cxotel.bridge.config.scheme.Carrier;
import dev.cxotel.bridge.config.scheme.Template;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import dev.cxotel.bridge.config.scheme.Timestamp;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Signs by a scheme whose string to sign is a template. Headers that it names and nobody set get a fresh id. */
public final class TemplateSigner implements Signer {

    private final TemplateScheme scheme;
    private final AllowedAlgorithm algorithm;
    private final Identity identity;
    private final SignedString signedString;

    public TemplateSigner(TemplateScheme scheme, AllowedAlgorithm algorithm, Identity identity) {
        this.scheme = scheme;
        this.algorithm = algorithm;
        this.identity = identity;
        PublicUrl asSent = new RequestedUrl();
        this.signedString = new SignedString(
                scheme,
                new SignedUrls(
                        asSent,
                        identity.signatureUrl()
                                .map(configured -> (PublicUrl) request -> configured)
                                .orElse(asSent)));
    }

    @Override
    public Signed sign(OutgoingRequest request) {
        Instant now = identity.clock().instant();
        Claims claims = new Claims(
                scheme.consumerId().flatMap(carrier -> identity.consumerId()),
                scheme.keyVersion().flatMap(carrier -> identity.keyVersion()),
                scheme.timestamp().map(timestamp -> text(now, timestamp.unit())));
        Additions additions = new Additions();
        scheme.consumerId()
                .ifPresent(carrier -> additions.put(carrier, claims.consumerId().orElseThrow()));
        scheme.keyVersion()
                .ifPresent(carrier -> additions.put(carrier, claims.keyVersion().orElseThrow()));
        scheme.timestamp()
                .ifPresent(timestamp ->
                        additions.put(timestamp.carrier(), claims.timestamp().orElseThrow()));
        addIds(request, additions);
        WebhookRequest view = request.asReceived(additions.headers(), additions.parameters(), now);
        byte[] message;
        try {
            message = signedString.of(view, new Carried(view), claims);
        } catch (FlawException e) {
            throw new IllegalArgumentException("the request lacks what the scheme signs: " + e.getMessage(), e);
        }
        byte[] signature = identity.key().sign(algorithm.algorithm(), message);
        additions.put(scheme.signature(), algorithm.prefix() + SignatureText.encode(signature, scheme.encoding()));
        return new Signed(additions.headers(), additions.url(request.url()));
    }

    private void addIds(OutgoingRequest request, Additions additions) {
        for (Template.Piece piece : scheme.template().pieces()) {
            if (piece instanceof Template.HeaderValue header
                    && request.headers().stream()
                            .noneMatch(field -> field.name().equalsIgnoreCase(header.name()))) {
                additions.put(Carrier.header(header.name()), "msg_" + UUID.randomUUID());
            }
        }
    }

    private static String text(Instant now, Timestamp.Unit unit) {
        return switch (unit) {
            case S -> Long.toString(now.getEpochSecond());
            case MS -> Long.toString(now.toEpochMilli());
        };
    }

    /** Values on their carriers; items of one carrier stand in one list. */
    private static final class Additions {
        private final Map<Place, String> values = new LinkedHashMap<>();

        void put(Carrier carrier, String value) {
            String item = carrier.prefix() + value;
            values.merge(
                    new Place(carrier.place(), carrier.name()),
                    item,
                    (before, added) -> before + carrier.separator() + added);
        }

        List<HeaderField> headers() {
            List<HeaderField> headers = new ArrayList<>();
            values.forEach((place, value) -> {
                if (place.in == Carrier.Place.HEADER) {
                    headers.add(new HeaderField(place.name, value));
                }
            });
            return headers;
        }

        List<String> parameters() {
            List<String> parameters = new ArrayList<>();
            values.forEach((place, value) -> {
                if (place.in == Carrier.Place.QUERY) {
                    parameters.add(encode(place.name) + "=" + encode(value));
                }
            });
            return parameters;
        }

        URI url(URI base) {
            List<String> added = parameters();
            if (added.isEmpty()) {
                return base;
            }
            String text = base.toString();
            return URI.create(
                    text + (Optional.ofNullable(base.getRawQuery()).isPresent() ? "&" : "?") + String.join("&", added));
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        }

        private record Place(Carrier.Place in, String name) {}
    }
}
