package dev.cxotel.bridge.auth.signature.template;

import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.auth.signature.Flaw;
import dev.cxotel.bridge.auth.signature.FlawException;
import dev.cxotel.bridge.config.scheme.Carrier;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what a request carries. Bounded: at most {@value #MOST_ITEMS} items of {@value #LONGEST} characters in all. */
final class Carried {

    static final int MOST_ITEMS = 16;
    static final int LONGEST = 8192;

    private final WebhookRequest request;
    private final QueryString query;

    Carried(WebhookRequest request) {
        this.request = request;
        this.query = QueryString.parse(request.query());
    }

    /** The one value that is meant. */
    String one(Carrier carrier) throws FlawException {
        List<String> found = items(carrier);
        if (found.size() > 1) {
            throw new FlawException(Flaw.DUPLICATED_HEADER);
        }
        return found.getFirst();
    }

    /** The values that are meant, without the carrier's prefix; at least one. */
    List<String> items(Carrier carrier) throws FlawException {
        String value = value(carrier);
        if (value.length() > LONGEST) {
            throw new FlawException(Flaw.MALFORMED_SIGNATURE);
        }
        List<String> found = new ArrayList<>();
        String[] items = carrier.separator().isEmpty()
                ? new String[] {value}
                : value.split(Pattern.quote(carrier.separator()), MOST_ITEMS + 1);
        if (items.length > MOST_ITEMS) {
            throw new FlawException(Flaw.MALFORMED_SIGNATURE);
        }
        for (String item : items) {
            String text = item.strip();
            if (!text.isEmpty() && text.startsWith(carrier.prefix())) {
                found.add(text.substring(carrier.prefix().length()));
            }
        }
        if (found.isEmpty() || found.contains("")) {
            throw new FlawException(Flaw.MISSING_HEADER);
        }
        return found;
    }

    /** The value of the one header of that name. */
    String header(String name) throws FlawException {
        return only(request.header(name));
    }

    /** The value of the one query parameter of that name, percent-encoding kept. */
    String query(String name) throws FlawException {
        return only(query.values(name));
    }

    private String value(Carrier carrier) throws FlawException {
        return switch (carrier.place()) {
            case HEADER -> header(carrier.name());
            case QUERY ->
                QueryString.decode(query(carrier.name()))
                        .orElseThrow(() -> new FlawException(Flaw.MALFORMED_SIGNATURE));
        };
    }

    private static String only(List<String> values) throws FlawException {
        if (values.size() > 1) {
            throw new FlawException(Flaw.DUPLICATED_HEADER);
        }
        if (values.isEmpty() || values.getFirst().isBlank()) {
            throw new FlawException(Flaw.MISSING_HEADER);
        }
        return values.getFirst();
    }
}
