package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.config.scheme.Carrier;
import dev.cxotel.bridge.config.scheme.MessageScheme;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import dev.cxotel.bridge.config.scheme.Timestamp;
import dev.cxotel.bridge.config.yaml.Quantity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The key {@code auth} of a subscription as YAML would say it; secrets masked. */
final class EffectiveAuth {

    private EffectiveAuth() {}

    /** Empty when the file does not say. */
    static Optional<Object> of(AuthConfig auth) {
        if (auth.spelledOut()) {
            return Optional.of("none");
        }
        Map<String, Object> map = new LinkedHashMap<>();
        auth.signature().ifPresent(signature -> map.put("signature", signature(signature)));
        auth.mtls().ifPresent(mtls -> map.put("mtls", TlsReader.yaml(mtls)));
        return map.isEmpty() ? Optional.empty() : Optional.of(map);
    }

    private static Map<String, Object> signature(SignatureConfig signature) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("scheme", signature.scheme().name());
        signature.consumerId().ifPresent(id -> map.put("consumer_id", EffectiveConfig.text(id)));
        map.put("refresh", Quantity.durationText(signature.refresh()));
        map.put("keys", signature.keys().stream().map(EffectiveAuth::key).toList());
        if (signature.scheme().name().equals(Scheme.CUSTOM)) {
            map.put("custom", scheme(signature.scheme()));
        }
        return map;
    }

    private static Map<String, Object> key(SignatureKeyConfig key) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (!key.version().isEmpty()) {
            map.put("version", EffectiveConfig.text(key.version()));
        }
        switch (key.material()) {
            case SignatureKeyConfig.Secret secret -> map.put("secret", EffectiveConfig.MASK);
            case SignatureKeyConfig.KeySetFile set ->
                map.put("jwks", EffectiveConfig.text(set.file().toString()));
            case SignatureKeyConfig.PublicKeyFile pem -> {
                map.put("public_key", EffectiveConfig.text(pem.file().toString()));
                pem.passphrase().ifPresent(passphrase -> map.put("passphrase", EffectiveConfig.MASK));
            }
        }
        key.consumerId().ifPresent(id -> map.put("consumer_id", EffectiveConfig.text(id)));
        key.notBefore().ifPresent(first -> map.put("not_before", first.toString()));
        key.notAfter().ifPresent(last -> map.put("not_after", last.toString()));
        return map;
    }

    private static Map<String, Object> scheme(Scheme scheme) {
        Map<String, Object> map = new LinkedHashMap<>();
        switch (scheme) {
            case MessageScheme message -> {
                map.put("components", message.components());
                map.put("require_created", message.requireCreated());
            }
            case TemplateScheme template -> {
                Map<String, Object> signature = carrier(template.signature());
                signature.put("encoding", Words.of(template.encoding()));
                map.put("signature", signature);
                template.timestamp().ifPresent(timestamp -> map.put("timestamp", timestamp(timestamp)));
                template.consumerId().ifPresent(carrier -> map.put("consumer_id", carrier(carrier)));
                template.keyVersion().ifPresent(carrier -> map.put("key_version", carrier(carrier)));
                map.put(
                        "string_to_sign",
                        Map.of(
                                "parts",
                                List.of(EffectiveConfig.text(template.template().toText()))));
            }
        }
        map.put(
                "algorithms",
                scheme.algorithms().stream()
                        .map(allowed -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("name", Words.of(allowed.algorithm()));
                            put(one, "prefix", allowed.prefix());
                            return one;
                        })
                        .toList());
        Map<String, Object> tolerance = new LinkedHashMap<>();
        tolerance.put("past", Quantity.durationText(scheme.tolerance().past()));
        tolerance.put("future", Quantity.durationText(scheme.tolerance().future()));
        map.put("tolerance", tolerance);
        return map;
    }

    private static Map<String, Object> timestamp(Timestamp timestamp) {
        Map<String, Object> map = carrier(timestamp.carrier());
        map.put("unit", Words.of(timestamp.unit()));
        return map;
    }

    private static Map<String, Object> carrier(Carrier carrier) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("in", Words.of(carrier.place()));
        map.put("name", EffectiveConfig.text(carrier.name()));
        put(map, "separator", carrier.separator());
        put(map, "prefix", carrier.prefix());
        return map;
    }

    private static void put(Map<String, Object> map, String key, String text) {
        if (!text.isEmpty()) {
            map.put(key, EffectiveConfig.text(text));
        }
    }
}
