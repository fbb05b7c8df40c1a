package dev.cxotel.bridge.receiver;

import dev.cxotel.bridge.signal.SourceSample;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data sources that were seen, and whether the units that are assumed of them look wrong. A source that {@code
 * mapping.data_sources} names is known and not watched. At most {@value #MOST_SOURCES} are told apart, since their names are
 * the sender's.
 */
final class SourceWatch {

    static final String UNKNOWN = "unknown_data_source";
    static final String UNIT = "unit_suspect";

    /** What a source counts as when there were too many. */
    static final String OTHER = "_other";

    /** So many losses that are not zero, and all of them below one percent, are not a coincidence. */
    static final int MANY = 200;

    private static final Logger log = LoggerFactory.getLogger(SourceWatch.class);
    private static final int MOST_SOURCES = 100;
    private static final int LONGEST_NAME = 100;
    private static final double ONE_PERCENT = 0.01;

    private final Set<String> configured;
    private final Map<String, Losses> sources = new HashMap<>();

    /** What one source's losses were like. */
    private static final class Losses {
        private int small;
        private boolean large;
        private boolean said;
    }

    /** @param configured the sources that {@code mapping.data_sources} names */
    SourceWatch(Set<String> configured) {
        this.configured = configured.stream().map(SourceWatch::normalize).collect(Collectors.toSet());
    }

    /** Something to count: a kind of finding, a field and a source. */
    record Notice(String finding, String field, String dataSource) {}

    synchronized List<Notice> observe(SourceSample sample) {
        if (configured.contains(normalize(sample.dataSource()))) {
            return List.of();
        }
        String name = name(sample.shown());
        List<Notice> notices = new ArrayList<>();
        if (!name.isEmpty()) {
            notices.add(new Notice(UNKNOWN, "DataSource", name));
        }
        if (!name.equals(OTHER) && isSuspect(name, sample)) {
            notices.add(new Notice(UNIT, "AvgPktLoss", name));
        }
        return notices;
    }

    /** The name to count something of a source under. */
    synchronized String label(String raw) {
        String name = cut(raw);
        return name.isEmpty() || sources.size() < MOST_SOURCES || sources.containsKey(name) ? name : OTHER;
    }

    /** The same; a new one is remembered and logged. */
    private String name(String raw) {
        String name = cut(raw);
        if (sources.containsKey(name)) {
            return name;
        }
        if (sources.size() == MOST_SOURCES) {
            return OTHER;
        }
        sources.put(name, new Losses());
        if (!name.isEmpty()) {
            log.info(
                    "Voice-quality records of DataSource \"{}\" are read in the assumed units; when they are right, or to set"
                            + " others: mapping.data_sources: { \"{}\": { jitter: ms } }",
                    name,
                    name);
        }
        return name;
    }

    private boolean isSuspect(String name, SourceSample sample) {
        Losses losses = sources.get(name);
        double loss = sample.packetLoss().orElse(0);
        if (losses == null || loss <= 0) {
            return false;
        }
        losses.large |= loss >= ONE_PERCENT;
        losses.small++;
        boolean suspect = !losses.large && losses.small >= MANY;
        if (suspect && !losses.said) {
            losses.said = true;
            log.warn(
                    "All {} packet losses of DataSource \"{}\" are above 0 and below 1: perhaps AvgPktLoss is a ratio and no"
                            + " percentage. If so, set mapping.data_sources: { \"{}\": { packet_loss: ratio } }; if not,"
                            + " packet_loss: percent",
                    losses.small,
                    name,
                    name);
        }
        return suspect;
    }

    private static String cut(String raw) {
        String name = raw.strip();
        return (name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name).replaceAll("\\p{Cntrl}", "?");
    }

    private static String normalize(String source) {
        return source.strip().toLowerCase(Locale.ROOT);
    }
}
