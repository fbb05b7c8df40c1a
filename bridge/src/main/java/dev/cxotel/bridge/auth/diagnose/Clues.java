package dev.cxotel.bridge.auth.diagnose;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.config.scheme.Algorithm.KeyKind;
import dev.cxotel.bridge.config.scheme.Carrier;
import dev.cxotel.bridge.config.scheme.Encoding;
import dev.cxotel.bridge.config.scheme.Timestamp;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What in a request looks like a part of a signature scheme: where a signature may stand, a time, a name. Bounded. */
final class Clues {

    private static final int MOST = 4;
    private static final int LONGEST = 4096;
    private static final Pattern PREFIXED = Pattern.compile("([A-Za-z][A-Za-z0-9_-]{0,15}[=,:])(.+)");
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._~!#$%&'*+^`|-]{1,64}");

    /** A place where a signature may stand, and how it may be written. */
    record SignaturePlace(Carrier carrier, Encoding encoding) {}

    private final List<SignaturePlace> signatures = new ArrayList<>();
    private final List<Timestamp> timestamps = new ArrayList<>();
    private final List<String> consumers = new ArrayList<>();
    private final List<String> versions = new ArrayList<>();
    private final List<String> ids = new ArrayList<>();
    private final Set<KeyKind> kinds = EnumSet.noneOf(KeyKind.class);

    Clues(WebhookRequest request, KeyRing keys, Optional<String> consumerId) {
        keys.keys().forEach(key -> kinds.add(key.material().kind()));
        for (HeaderField field : request.headers()) {
            look(Carrier.Place.HEADER, field.name(), field.value(), keys, consumerId);
        }
        for (String parameter : request.query().split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals > 0) {
                String value = parameter
                        .substring(equals + 1)
                        .replace("%2B", "+")
                        .replace("%2F", "/")
                        .replace("%3D", "=")
                        .replace("%2b", "+")
                        .replace("%2f", "/")
                        .replace("%3d", "=");
                look(Carrier.Place.QUERY, parameter.substring(0, equals), value, keys, consumerId);
            }
        }
    }

    List<SignaturePlace> signatures() {
        return signatures;
    }

    /** Each, and last none. */
    List<Optional<Timestamp>> timestamps() {
        List<Optional<Timestamp>> all = new ArrayList<>();
        timestamps.forEach(timestamp -> all.add(Optional.of(timestamp)));
        all.add(Optional.empty());
        return all;
    }

    /** Placeholders of what may be the consumer's id. */
    List<String> consumers() {
        return consumers;
    }

    /** Placeholders of what may be the key's version. */
    List<String> versions() {
        return versions;
    }

    /** Placeholders of what may be the message's id. */
    List<String> ids() {
        return ids;
    }

    private void look(Carrier.Place place, String name, String value, KeyRing keys, Optional<String> consumerId) {
        if (value.isEmpty() || value.length() > LONGEST || !PLAIN.matcher(name).matches()) {
            return;
        }
        String placeholder = (place == Carrier.Place.HEADER ? "{header:" : "{query:") + name + "}";
        String lower = name.toLowerCase(Locale.ROOT);
        if (consumerId.filter(value::equals).isPresent() || lower.contains("consumer")) {
            add(consumers, placeholder);
        } else if (keys.keys().stream().anyMatch(key -> key.version().equals(value)) || lower.contains("version")) {
            add(versions, placeholder);
        } else if (lower.endsWith("id")) {
            add(ids, placeholder);
        }
        look(new Carrier(place, name, "", ""), value);
        Matcher prefixed = PREFIXED.matcher(value);
        if (value.contains(",") && value.contains("=")) {
            for (String item : value.split(",", 8)) {
                Matcher one = PREFIXED.matcher(item.strip());
                if (one.matches()) {
                    look(new Carrier(place, name, ",", one.group(1)), one.group(2));
                }
            }
        } else if (prefixed.matches()) {
            look(new Carrier(place, name, "", prefixed.group(1)), prefixed.group(2));
        }
    }

    private void look(Carrier carrier, String text) {
        if (text.matches("\\d{10}")) {
            add(timestamps, new Timestamp(carrier, Timestamp.Unit.S));
        } else if (text.matches("\\d{13}")) {
            add(timestamps, new Timestamp(carrier, Timestamp.Unit.MS));
        }
        for (Encoding encoding : List.of(Encoding.HEX, Encoding.BASE64, Encoding.BASE64URL)) {
            if (mayBeSignature(length(text, encoding))) {
                add(signatures, new SignaturePlace(carrier, encoding));
                break;
            }
        }
    }

    private static int length(String text, Encoding encoding) {
        try {
            return switch (encoding) {
                case HEX -> HexFormat.of().parseHex(text).length;
                case BASE64 -> Base64.getDecoder().decode(text).length;
                case BASE64URL -> Base64.getUrlDecoder().decode(text).length;
            };
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    private boolean mayBeSignature(int length) {
        return kinds.stream().anyMatch(kind -> switch (kind) {
            case RSA -> length >= 256 && length <= 1024;
            case P256 -> length >= 64 && length <= 72;
            case P384 -> length >= 96 && length <= 104;
            case ED25519 -> length == 64;
            case SECRET -> length == 32 || length == 64;
        });
    }

    private static <T> void add(List<T> list, T one) {
        if (list.size() < MOST && !list.contains(one)) {
            list.add(one);
        }
    }
}
