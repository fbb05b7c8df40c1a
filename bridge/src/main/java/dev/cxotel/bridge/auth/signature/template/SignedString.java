package dev.cxotel.bridge.auth.signature.template;

import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.Flaw;
import dev.cxotel.bridge.auth.signature.FlawException;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.config.scheme.Carrier;
import dev.cxotel.bridge.config.scheme.Template;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import dev.cxotel.bridge.config.scheme.Timestamp;
import dev.cxotel.bridge.event.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The bytes that a scheme's template makes of a request: what the signature is of. Text is UTF-8, a body is itself. */
final class SignedString {

    private static final WebhookRequest.Body NO_BODY = new WebhookRequest.Body(Bytes.EMPTY, Bytes.EMPTY);

    private final TemplateScheme scheme;
    private final SignedUrls urls;
    private final Set<String> ownParameters;

    SignedString(TemplateScheme scheme, SignedUrls urls) {
        this.scheme = scheme;
        this.urls = urls;
        this.ownParameters = Stream.of(
                        Stream.of(scheme.signature()),
                        scheme.consumerId().stream(),
                        scheme.keyVersion().stream(),
                        scheme.timestamp().map(Timestamp::carrier).stream())
                .flatMap(carriers -> carriers)
                .filter(carrier -> carrier.place() == Carrier.Place.QUERY)
                .map(Carrier::name)
                .collect(Collectors.toUnmodifiableSet());
    }

    byte[] of(WebhookRequest request, Carried carried, Claims claims) throws FlawException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        for (Template.Piece piece : scheme.template().pieces()) {
            switch (piece) {
                case Template.Literal literal -> write(out, literal.text());
                case Template.HeaderValue header -> write(out, carried.header(header.name()));
                case Template.QueryValue query -> write(out, carried.query(query.name()));
                case Template.Value value -> write(out, value, request, claims);
            }
        }
        return out.toByteArray();
    }

    private void write(ByteArrayOutputStream out, Template.Value value, WebhookRequest request, Claims claims)
            throws FlawException {
        WebhookRequest.Body body = request.body().orElse(NO_BODY);
        switch (value) {
            case CONSUMER_ID -> write(out, claims.consumerId().orElseThrow(() -> missing()));
            case TIMESTAMP -> write(out, claims.timestamp().orElseThrow(() -> missing()));
            case KEY_VERSION -> write(out, claims.keyVersion().orElseThrow(() -> missing()));
            case METHOD -> write(out, request.method());
            case URL -> write(out, QueryString.without(urls.url().of(request), ownParameters));
            case SIGNATURE_URL ->
                write(out, QueryString.without(urls.signatureUrl().of(request), ownParameters));
            case PATH -> write(out, request.path());
            case RAW_BODY -> out.writeBytes(body.wire().toArray());
            case BODY -> out.writeBytes(body.decoded().toArray());
            case SHA256_RAW_BODY -> write(out, hex(body.wire()));
            case SHA256_BODY -> write(out, hex(body.decoded()));
        }
    }

    private static String hex(Bytes body) {
        return body.sha256().hex();
    }

    private static void write(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    private static FlawException missing() {
        return new FlawException(Flaw.MISSING_HEADER);
    }
}
