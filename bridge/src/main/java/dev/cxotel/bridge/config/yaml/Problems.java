package dev.cxotel.bridge.config.yaml;

import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.ConfigException.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was found wrong so far; one problem a key, because the first is the cause of the others. */
public final class Problems {

    private final List<Problem> found = new ArrayList<>();
    private final Set<String> places = new HashSet<>();

    /** Adds a problem; does nothing when the same key already has one. */
    public void add(String file, Place place, String path, String message) {
        if (places.add(file + "|" + path + "|" + (path.isEmpty() ? place : ""))) {
            found.add(new Problem(file, place.line(), place.column(), path, message));
        }
    }

    /** Adds a problem that stands in no file, such as a variable's; {@code path} names it. */
    public void add(String path, String message) {
        Problem problem = new Problem("", 0, 0, path, message);
        if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    boolean has(String file, String path) {
        return places.contains(file + "|" + path + "|");
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Ends here when there is any problem. */
    public void throwIfAny() throws ConfigException {
        if (!found.isEmpty()) {
            throw new ConfigException(found.stream()
                    .sorted(Comparator.comparing(Problem::file)
                            .thenComparingInt(Problem::line)
                            .thenComparingInt(Problem::column))
                    .toList());
        }
    }
}
