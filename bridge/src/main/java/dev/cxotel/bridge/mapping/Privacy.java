package dev.cxotel.bridge.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.config.MappingConfig;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What happens to personal data and free text before they leave the bridge, as configured. In doubt a value is masked:
 * a field that is said to hold a phone number may hold an address or a name.
 */
public final class Privacy {

    private static final String MASK = "***";

    /** Numbers with fewer digits are agent extensions, which name no customer and equal the exported agent id. */
    static final int PHONE_DIGITS = 7;

    private static final Pattern PHONE_IN_HOST = Pattern.compile("\\p{Nd}{" + PHONE_DIGITS + ",}");

    private static final int HIDDEN_DIGITS = 5;
    private static final int SHOWN_AT_END = 2;
    private static final int SHOWN_AT_START = 4;

    private final MappingConfig.Privacy config;

    public Privacy(MappingConfig.Privacy config) {
        this.config = config;
    }

    /** A person's name: absent, its initials ({@code S*** H***}), or as it is. */
    public @Nullable String personName(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return null;
        }
        return switch (config.agentName()) {
            case DROP -> null;
            case MASK -> maskWords(name);
            case KEEP -> name;
        };
    }

    /**
     * One end of a call: absent, masked, or as it is. Masked, seven and more digits become {@code +1801*****09} (at
     * least five hidden), fewer are an extension and stay, an address keeps its host, and any other text is masked as a
     * name.
     */
    public @Nullable String phoneNumber(@Nullable String number) {
        if (number == null || number.isBlank()) {
            return null;
        }
        return switch (config.phoneNumbers()) {
            case DROP -> null;
            case MASK -> maskNumber(number.strip());
            case KEEP -> number;
        };
    }

    /** A free text that a system answered: absent, without what looks like a secret or a person, or as it is. */
    public @Nullable String message(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return null;
        }
        return switch (config.messages()) {
            case DROP -> null;
            case SCRUB -> Scrubbing.scrub(message);
            case KEEP -> message;
        };
    }

    /** A label that people chose or typed, such as a disposition: scrubbed like a message, but never dropped. */
    public @Nullable String label(@Nullable String label) {
        boolean keep = config.messages() == MappingConfig.Privacy.Messages.KEEP;
        return label == null || keep ? label : Scrubbing.scrub(label);
    }

    /** JSON of unknown content as compact text: absent, each value scrubbed like a message, or as it is. */
    public @Nullable String json(@Nullable JsonNode json) {
        if (json == null || json.isNull()) {
            return null;
        }
        return switch (config.messages()) {
            case DROP -> null;
            case SCRUB -> ScrubbedJson.of(json);
            case KEEP -> json.toString();
        };
    }

    /** A URL without user-info and fragment, its query values as configured. */
    public RedactedUrl url(String url) {
        return RedactedUrl.of(url, config.urlQuery() == MappingConfig.Privacy.UrlQuery.REDACT);
    }

    private static String maskWords(String name) {
        StringBuilder masked = new StringBuilder();
        for (String word : name.strip().split("[\\s\\p{Z}]+", -1)) {
            if (!masked.isEmpty()) {
                masked.append(' ');
            }
            if (!word.isEmpty()) {
                masked.appendCodePoint(word.codePointAt(0));
            }
            masked.append(MASK);
        }
        return masked.toString();
    }

    private static String maskNumber(String number) {
        int at = number.lastIndexOf('@');
        String user = at < 0 ? number : number.substring(0, at);
        String digits = digits(user);
        if (digits.length() >= PHONE_DIGITS) {
            return maskDigits(digits, user.contains("+"));
        }
        if (digits.length() == user.length() && !user.isEmpty()) {
            return number;
        }
        return at < 0 ? maskWords(number) : maskAddress(number, at);
    }

    private static String maskDigits(String digits, boolean international) {
        int shown = Math.clamp(digits.length() - HIDDEN_DIGITS - SHOWN_AT_END, 0, SHOWN_AT_START);
        int hidden = digits.length() - shown - SHOWN_AT_END;
        return (international ? "+" : "")
                + digits.substring(0, shown)
                + "*".repeat(hidden)
                + digits.substring(digits.length() - SHOWN_AT_END);
    }

    /** {@code sip:alice@example.com} becomes {@code sip:***@example.com}. */
    private static String maskAddress(String address, int at) {
        String lower = address.toLowerCase(Locale.ROOT);
        int scheme = lower.startsWith("sip:") || lower.startsWith("tel:") ? 4 : lower.startsWith("sips:") ? 5 : 0;
        return address.substring(0, scheme)
                + MASK
                + PHONE_IN_HOST.matcher(address.substring(at)).replaceAll(MASK);
    }

    private static String digits(String text) {
        StringBuilder digits = new StringBuilder();
        text.codePoints().filter(Character::isDigit).forEach(digit -> digits.append(Character.digit(digit, 10)));
        return digits.toString();
    }
}
