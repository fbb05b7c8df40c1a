package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.MtlsConfig;
import dev.cxotel.bridge.config.MtlsConfig.CertificateHeader;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.TlsConfig;
import dev.cxotel.bridge.config.yaml.Quantity;
import dev.cxotel.bridge.config.yaml.Section;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** The sections {@code receiver.tls} and {@code auth.mtls}, read and written. */
final class TlsReader {

    private static final Content CERTIFICATE =
            new Content("certificate (-----BEGIN CERTIFICATE-----)", Pattern.compile("-----BEGIN CERTIFICATE-----"));
    private static final Content PRIVATE_KEY = new Content(
            "private key (-----BEGIN PRIVATE KEY----- or such)", Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"));
    private static final Pattern NAME_PIN = Pattern.compile("(?:dns|uri|email): ?\\S+");
    private static final long LARGEST_FILE = 1 << 20;
    private static final int PIN_BYTES = 32;

    private TlsReader() {}

    /**
     * What a file must hold at least.
     *
     * @param words as a person calls it
     */
    private record Content(String words, Pattern mark) {}

    static Optional<TlsConfig> tls(Section receiver) {
        if (!receiver.has("tls")) {
            return Optional.empty();
        }
        Section tls = receiver.section("tls");
        return Optional.of(new TlsConfig(
                file(tls, "certificate", CERTIFICATE),
                file(tls, "private_key", PRIVATE_KEY),
                tls.text("passphrase"),
                ReceiverReader.positive(tls, "reload_interval", TlsConfig.DEFAULT_RELOAD_INTERVAL),
                tls.flag("legacy_ciphers", false),
                tls.integer("handshake_rate", TlsConfig.DEFAULT_HANDSHAKE_RATE),
                ReceiverReader.positive(tls, "handshake_timeout", TlsConfig.DEFAULT_HANDSHAKE_TIMEOUT)));
    }

    static Optional<MtlsConfig> mtls(Section auth) {
        if (!auth.has("mtls")) {
            return Optional.empty();
        }
        Section mtls = auth.section("mtls");
        List<String> pins = mtls.list("pins");
        for (int i = 0; i < pins.size(); i++) {
            if (!isPin(pins.get(i))) {
                mtls.problem(
                        "pins",
                        i,
                        "\"" + pins.get(i) + "\" is no pin: write sha256: and the Base64 of the SHA-256 of the public"
                                + " key, subject:CN=…, dns:…, uri:… or email:…");
            }
        }
        return Optional.of(new MtlsConfig(
                file(mtls, "client_ca", CERTIFICATE),
                pins,
                mtls.text("certificate_header")
                        .flatMap(word -> Optional.ofNullable(
                                Words.of(CertificateHeader.values()).get(word)))));
    }

    /** What the two sections must have of each other. */
    static void check(Section receiver, ReceiverConfig config) {
        List<Section> written = receiver.sections("subscriptions");
        for (int i = 0; i < written.size() && i < config.subscriptions().size(); i++) {
            AuthConfig auth = config.subscriptions().get(i).auth();
            if (auth.mtls().isEmpty()) {
                continue;
            }
            Section mtls = written.get(i).section("auth").section("mtls");
            boolean header = auth.mtls().get().certificateHeader().isPresent();
            if (header && config.trustedProxies().isEmpty()) {
                mtls.problem("certificate_header", "nobody is believed: name the proxy in receiver.trusted_proxies");
            }
            if (!header && config.tls().isEmpty()) {
                written.get(i)
                        .section("auth")
                        .problem(
                                "mtls",
                                "a client certificate needs receiver.tls, or a proxy that hands it on and"
                                        + " certificate_header");
            }
        }
    }

    static Map<String, Object> yaml(TlsConfig tls) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("certificate", EffectiveConfig.text(tls.certificate().toString()));
        map.put("private_key", EffectiveConfig.text(tls.privateKey().toString()));
        tls.passphrase().ifPresent(secret -> map.put("passphrase", EffectiveConfig.MASK));
        map.put("reload_interval", Quantity.durationText(tls.reloadInterval()));
        map.put("legacy_ciphers", tls.legacyCiphers());
        map.put("handshake_rate", tls.handshakeRate());
        map.put("handshake_timeout", Quantity.durationText(tls.handshakeTimeout()));
        return map;
    }

    static Map<String, Object> yaml(MtlsConfig mtls) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("client_ca", EffectiveConfig.text(mtls.clientCa().toString()));
        map.put("pins", mtls.pins().stream().map(EffectiveConfig::text).toList());
        mtls.certificateHeader().ifPresent(header -> map.put("certificate_header", Words.of(header)));
        return map;
    }

    /** A file that can be read and looks as it should; what is in it is looked at when the receiver opens it. */
    private static Path file(Section section, String key, Content content) {
        Path file = section.parsed(key, ConfigLoader::path, "a path").orElse(Path.of(""));
        if (!section.has(key) || file.toString().isEmpty()) {
            return file;
        }
        try {
            if (!Files.isRegularFile(file)) {
                section.problem(key, "there is no file " + file);
            } else if (Files.size(file) > LARGEST_FILE
                    || !content.mark()
                            .matcher(Files.readString(file, StandardCharsets.ISO_8859_1))
                            .find()) {
                section.problem(key, file + " holds no " + content.words());
            }
        } catch (IOException e) {
            section.problem(key, file + " cannot be read: " + e.getClass().getSimpleName());
        }
        return file;
    }

    private static boolean isPin(String text) {
        try {
            if (text.startsWith("sha256:")) {
                return Base64.getDecoder()
                                .decode(text.substring("sha256:".length()).strip())
                                .length
                        == PIN_BYTES;
            }
            if (text.startsWith("subject:")) {
                return !new X500Principal(text.substring("subject:".length()).strip())
                        .getName()
                        .isEmpty();
            }
            return NAME_PIN.matcher(text).matches();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
