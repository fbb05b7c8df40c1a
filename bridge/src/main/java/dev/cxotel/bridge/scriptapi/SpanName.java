package dev.cxotel.bridge.scriptapi;

import dev.cxotel.bridge.mapping.Text;
import dev.cxotel.semconv.CoreAttributes;
import dev.cxotel.semconv.CxoneAttributes;
import io.opentelemetry.api.common.Attributes;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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

    /** @param call what leaves of the call, so that a name tells no more than its attributes do */
    String of(Attributes call) {
        String name = PLACEHOLDER.matcher(template).replaceAll(match -> {
            String value =
                    switch (match.group(1)) {
                        case "action_name" -> call.get(CxoneAttributes.CXONE_ACTION_NAME);
                        case "action_label" -> call.get(CxoneAttributes.CXONE_ACTION_LABEL);
                        case "action_id" -> call.get(CxoneAttributes.CXONE_ACTION_ID);
                        case "script_name" -> call.get(CxoneAttributes.CXONE_SCRIPT_NAME);
                        case "script_id" -> call.get(CxoneAttributes.CXONE_SCRIPT_ID);
                        case "script_version" -> call.get(CxoneAttributes.CXONE_SCRIPT_VERSION);
                        case "business_unit" -> call.get(CxoneAttributes.CXONE_BUSINESS_UNIT_ID);
                        case "server_address" -> call.get(CoreAttributes.SERVER_ADDRESS);
                        default -> null;
                    };
            return value == null ? "" : Matcher.quoteReplacement(value);
        });
        String tidy = BLANKS.matcher(name).replaceAll(" ").strip();
        return tidy.isEmpty() ? FALLBACK : Text.cut(tidy, LONGEST);
    }
}
