package dev.cxotel.bridge.auth.signature;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.RequestedUrl;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.key.KeyFiles;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.auth.signature.key.VerificationKey;
import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.event.Bytes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One file of {@code src/test/resources/signatures}: a scheme, keys, requests that verify and requests that do not. */
record Vectors(Scheme scheme, KeyRing keys, List<Vector> good, List<Vector> bad) {

    private static final YAMLMapper YAML = new YAMLMapper();

    /** A request at a moment, and how its judgement ends: {@code verified} or the flaw's word. */
    record Vector(String name, WebhookRequest request, Instant now, String expected) {}

    static Vectors read(Path file, Path folder) throws Exception {
        JsonNode root = YAML.readTree(Files.readString(file));
        Scheme scheme = scheme(root.path("scheme"), folder);
        List<VerificationKey> keys = new ArrayList<>();
        for (JsonNode key : root.path("keys")) {
            SignatureKeyConfig config = key(key, folder);
            Optional<String> consumer =
                    Optional.ofNullable(root.path("consumer_id").textValue());
            keys.addAll(KeyFiles.read(
                    new SignatureConfig(scheme, consumer, List.of(config), SignatureConfig.DEFAULT_REFRESH), config));
        }
        List<Vector> good = new ArrayList<>();
        for (JsonNode vector : root.path("vectors")) {
            good.add(vector(vector.path("name").asText(), vector, "verified"));
        }
        List<Vector> bad = new ArrayList<>();
        for (JsonNode change : root.path("refused")) {
            bad.add(vector(
                    change.path("name").asText(),
                    changed(root.path("vectors").get(0), change),
                    change.path("expect").asText()));
        }
        return new Vectors(scheme, new KeyRing(keys), good, bad);
    }

    Verification verify(Vector vector) {
        RequestedUrl url = new RequestedUrl();
        return Verifier.of(scheme, new SignedUrls(url, url)).verify(vector.request(), keys, vector.now());
    }

    private static Scheme scheme(JsonNode node, Path folder) throws Exception {
        String text = node.isTextual() ? node.asText() : YAML.writeValueAsString(node);
        if (text.startsWith("SIGNATURES.md#")) {
            text = documented(text.substring("SIGNATURES.md#".length()));
        } else if (node.isTextual()) {
            return SchemePresets.named(text).orElseThrow();
        }
        return SchemePresets.file(Files.writeString(folder.resolve("scheme.yaml"), text));
    }

    /** The template that the documentation shows under that heading. */
    static String documented(String heading) throws IOException {
        Matcher block = Pattern.compile("(?s)### " + Pattern.quote(heading) + "\n.*?```yaml\n(.*?)```")
                .matcher(Files.readString(Path.of("SIGNATURES.md")));
        if (!block.find()) {
            throw new IllegalStateException("SIGNATURES.md has no " + heading);
        }
        return block.group(1);
    }

    private static SignatureKeyConfig key(JsonNode key, Path folder) throws IOException {
        SignatureKeyConfig.Material material;
        if (key.has("secret")) {
            material = new SignatureKeyConfig.Secret(key.path("secret").asText());
        } else if (key.has("jwks")) {
            material = new SignatureKeyConfig.KeySetFile(Files.writeString(
                    folder.resolve("jwks.json"), key.path("jwks").asText()));
        } else {
            material = new SignatureKeyConfig.PublicKeyFile(
                    Files.writeString(
                            folder.resolve("key.pem"), key.path("public_key").asText()),
                    Optional.empty());
        }
        return new SignatureKeyConfig(
                key.path("version").asText(),
                material,
                Optional.empty(),
                Optional.ofNullable(key.path("not_before").textValue()).map(Instant::parse),
                Optional.ofNullable(key.path("not_after").textValue()).map(Instant::parse));
    }

    private static JsonNode changed(JsonNode vector, JsonNode change) {
        ObjectNode copy = vector.deepCopy();
        for (String key : List.of("now", "method", "url", "body")) {
            if (change.has(key)) {
                copy.set(key, change.get(key));
            }
        }
        ArrayNode headers = copy.putArray("headers");
        for (JsonNode header : vector.path("headers")) {
            JsonNode other = change.path("headers").path(header.get(0).asText());
            if (!other.isNull()) {
                headers.addArray().add(header.get(0)).add(other.isMissingNode() ? header.get(1) : other);
            }
        }
        change.path("add").forEach(headers::add);
        return copy;
    }

    private static Vector vector(String name, JsonNode vector, String expected) {
        String url = vector.path("url").asText();
        String scheme = url.substring(0, url.indexOf("://"));
        String rest = url.substring(url.indexOf('/', scheme.length() + 3));
        int mark = rest.indexOf('?');
        List<HeaderField> headers = new ArrayList<>();
        vector.path("headers")
                .forEach(header -> headers.add(
                        new HeaderField(header.get(0).asText(), header.get(1).asText())));
        Bytes body = Bytes.utf8(vector.path("body").asText());
        Instant now = Instant.parse(vector.path("now").asText());
        WebhookRequest request = new WebhookRequest(
                vector.path("method").asText(),
                mark < 0 ? rest : rest.substring(0, mark),
                mark < 0 ? "" : rest.substring(mark + 1),
                headers,
                InetSocketAddress.createUnresolved("localhost", 1),
                scheme.equals("https"),
                List.of(),
                now,
                Optional.of(new WebhookRequest.Body(body, body)));
        return new Vector(name, request, now, expected);
    }
}
