package dev.cxotel.bridge.signal;

import dev.cxotel.bridge.event.Finding;
import java.util.List;
import java.util.Optional;

/**
 * What a look at one event's values brought, beside what it becomes.
 *
 * @param findings what looks wrong under the current mapping: sentinels, implausible units, lateness
 * @param sample what tells over many events whether the units assumed of their source are right; empty without a source
 */
public record Inspection(List<Finding> findings, Optional<SourceSample> sample) {

    /** Nothing wrong, and no source. */
    public static final Inspection NOTHING = of(List.of());

    public Inspection {
        findings = List.copyOf(findings);
    }

    /** Findings about an event without a source. */
    public static Inspection of(List<Finding> findings) {
        return new Inspection(findings, Optional.empty());
    }
}
