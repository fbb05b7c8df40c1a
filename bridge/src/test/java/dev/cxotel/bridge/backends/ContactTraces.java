package dev.cxotel.bridge.backends;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.event.Ids;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What holds of the traces that Jaeger has of contacts: the documented id, one root, and its counts. */
final class ContactTraces {

    private ContactTraces() {}

    /** Returns how many events their roots do not count, because they came after their contact's end. */
    static long check(Collection<JsonNode> traces) {
        long late = 0;
        int contacts = 0;
        for (JsonNode trace : traces) {
            Set<String> ids = new TreeSet<>();
            List<JsonNode> roots = new ArrayList<>();
            int legs = 0;
            int calls = 0;
            int errors = 0;
            for (JsonNode span : trace.path("spans")) {
                if (span.path("operationName").asText().equals("contact")) {
                    roots.add(span);
                    continue;
                }
                String id = tag(span, "cxone.contact.master_id");
                ids.add(id.isEmpty() ? tag(span, "cxone.contact.id") : id);
                legs += span.path("operationName").asText().equals("call leg") ? 1 : 0;
                calls += tag(span, "span.kind").equals("client") ? 1 : 0;
                errors += tag(span, "error").equals("true") ? 1 : 0;
            }
            ids.remove("");
            if (ids.isEmpty()) {
                assertThat(roots).isEmpty();
                continue;
            }
            assertThat(ids).hasSize(1);
            assertThat(roots).as("roots of %s", ids).hasSize(1);
            JsonNode root = roots.getFirst();
            int countedLegs = Integer.parseInt(tag(root, "cxone.contact.leg.count"));
            int countedCalls = Integer.parseInt(tag(root, "cxone.contact.api_call.count"));
            assertThat(countedLegs).isBetween(0, legs);
            assertThat(countedCalls).isBetween(0, calls);
            late += legs - countedLegs + calls - countedCalls;
            int countedErrors = Integer.parseInt(tag(root, "cxone.contact.error.count"));
            if (countedLegs == legs && countedCalls == calls) {
                assertThat(countedErrors).isEqualTo(errors);
            } else {
                assertThat(countedErrors).isBetween(0, errors);
            }
            String unit = tag(root, "cxone.business_unit.id");
            assertThat(trace.path("traceID").asText())
                    .isEqualTo(Ids.traceOfContact(unit, ids.iterator().next()));
            contacts++;
        }
        assertThat(contacts).isPositive();
        return late;
    }

    private static String tag(JsonNode span, String key) {
        for (JsonNode tag : span.path("tags")) {
            if (tag.path("key").asText().equals(key)) {
                return tag.path("value").asText();
            }
        }
        return "";
    }
}
