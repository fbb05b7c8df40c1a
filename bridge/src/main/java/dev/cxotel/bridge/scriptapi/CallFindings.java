package dev.cxotel.bridge.scriptapi;

import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.event.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What looks wrong about a call under the current mapping. */
final class CallFindings {

    private CallFindings() {}

    /** @param cut the attributes whose value had to be cut */
    static List<Finding> of(Interpretation interpretation, List<String> cut) {
        List<Finding> findings = new ArrayList<>();
        if (interpretation.code().absent()) {
            findings.add(finding(Finding.Kind.NO_CODE, Field.API_RESPONSE_CODE));
        }
        if (interpretation.times().received()) {
            findings.add(finding(Finding.Kind.TIME_RECEIVED, Field.DATE_TIME));
        }
        switch (interpretation.responseTime().kind()) {
            case NOT_MEASURED -> findings.add(finding(Finding.Kind.MISSING, Field.RESPONSE_TIME));
            case SUSPECT -> findings.add(finding(Finding.Kind.SUSPECT, Field.RESPONSE_TIME));
            case PLAUSIBLE, ABSENT -> {}
        }
        cut.forEach(name -> findings.add(finding(Finding.Kind.TRUNCATED, name)));
        return List.copyOf(findings);
    }

    private static Finding finding(Finding.Kind kind, Field field) {
        return finding(kind, field.jsonName());
    }

    private static Finding finding(Finding.Kind kind, String field) {
        return new Finding(kind, Optional.of(EventType.SCRIPT_API), field, "");
    }
}
