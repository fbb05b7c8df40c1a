package dev.cxotel.bridge.scriptapi;

import dev.cxotel.bridge.mapping.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The template of the spans' names. Its placeholders are of low cardinality: {@code action_name}, {@code action_label},
 * {@code action_id}, {@code script_name}, {@code script_id}, {@code script_version}, {@code business_unit} and {@code
 * server_address}. One without a value, or of another name, stands for nothing.
 */
final class SpanName {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]{1,40})\\}");
    private static final Pattern BLANKS = Pattern.compile("[\\s\\p{Z}]+");
    private static final int LONGEST = 200;

    /** When no placeholder has a value. */
    private static final String FALLBACK = "script api";

    private final String template;

    SpanName(String template) {
        this.template = template;
    }

    String of(ScriptApiCall call, String businessUnit, @Nullable String serverAddress) {
        String name = PLACEHOLDER.matcher(template).replaceAll(match -> {
            String value =
                    switch (match.group(1)) {
                        case "action_name" -> call.actionName();
                        case "action_label" -> call.actionLabel();
                        case "action_id" -> call.actionId();
                        case "script_name" -> call.scriptName();
                        case "script_id" -> call.scriptId();
                        case "script_version" -> call.scriptVersion();
                        case "business_unit" -> businessUnit;
                        case "server_address" -> serverAddress;
                        default -> null;
                    };
            return value == null ? "" : Matcher.quoteReplacement(value);
        });
        String tidy = BLANKS.matcher(name).replaceAll(" ").strip();
        return tidy.isEmpty() ? FALLBACK : Text.cut(tidy, LONGEST);
    }
}
