package dev.cxotel.bridge.auth.diagnose;

import dev.cxotel.bridge.auth.signature.key.KeyRing;
import dev.cxotel.bridge.config.scheme.Algorithm;
import dev.cxotel.bridge.config.scheme.AllowedAlgorithm;
import dev.cxotel.bridge.config.scheme.Scheme;
import dev.cxotel.bridge.config.scheme.Template;
import dev.cxotel.bridge.config.scheme.TemplateScheme;
import dev.cxotel.bridge.config.scheme.Timestamp;
import dev.cxotel.bridge.config.scheme.Tolerance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The templates that a request may have been signed by, made of its clues. */
final class SchemeSearch {

    /**
     * What is signed, in its order. T time, C consumer, V key version, I message id, M method, U URL, P path, B body, H its
     * hash.
     */
    private static final List<String> ORDERS = List.of(
            "B", "TB", "BT", "CTV", "CT", "ITB", "UB", "TUB", "U", "UT", "TU", "MUT", "MUTB", "MUB", "MPTB", "MPT",
            "TMPB", "TMP", "PTB", "CVT", "CUMT", "CTU", "CUT", "CTB", "CTVB", "CTVU", "CTVUB", "CTUB", "CUTB", "CMUT",
            "CMUTB", "TC", "TV", "TH", "UTH", "MUTH", "MPTH", "H", "T", "IT", "UTB", "UBT", "BU", "CB", "CTH", "CTVH",
            "CTUH");

    private static final List<String> SEPARATORS = List.of("\n", ".", "", ":", "|", ",", "&", " ");

    private final Clues clues;
    private final List<AllowedAlgorithm> algorithms;

    SchemeSearch(Clues clues, KeyRing keys) {
        this.clues = clues;
        this.algorithms = Arrays.stream(Algorithm.values())
                .filter(algorithm -> keys.keys().stream().anyMatch(key -> key.fits(algorithm)))
                .map(algorithm -> new AllowedAlgorithm(algorithm, ""))
                .toList();
    }

    /** The likeliest first; lazily made. */
    Stream<TemplateScheme> schemes() {
        return ORDERS.stream().flatMap(this::templates).flatMap(template -> clues.signatures().stream()
                .flatMap(place -> times(template)
                        .map(timestamp -> new TemplateScheme(
                                Scheme.CUSTOM,
                                place.carrier(),
                                place.encoding(),
                                algorithms,
                                timestamp,
                                Tolerance.DEFAULT,
                                Optional.empty(),
                                Optional.empty(),
                                template))));
    }

    private Stream<Optional<Timestamp>> times(Template template) {
        boolean uses = template.uses(Template.Value.TIMESTAMP);
        return clues.timestamps().stream()
                .filter(timestamp -> timestamp.isPresent() == uses)
                .limit(uses ? 4 : 1);
    }

    private Stream<Template> templates(String order) {
        List<List<String>> sequences = List.of(List.of());
        for (int i = 0; i < order.length(); i++) {
            char token = order.charAt(i);
            List<List<String>> longer = new ArrayList<>();
            for (List<String> sequence : sequences) {
                for (String part : parts(token)) {
                    List<String> one = new ArrayList<>(sequence);
                    one.add(part);
                    longer.add(one);
                }
            }
            sequences = longer;
        }
        return sequences.stream().flatMap(SchemeSearch::joined).map(Template::parse);
    }

    private List<String> parts(char token) {
        return switch (token) {
            case 'T' -> List.of("{timestamp}");
            case 'C' -> clues.consumers();
            case 'V' -> clues.versions();
            case 'I' -> clues.ids();
            case 'M' -> List.of("{method}");
            case 'U' -> List.of("{url}");
            case 'P' -> List.of("{path}");
            case 'B' -> List.of("{raw_body}");
            case 'H' -> List.of("{sha256:raw_body}");
            default -> throw new IllegalArgumentException("no token " + token);
        };
    }

    private static Stream<String> joined(List<String> parts) {
        if (parts.size() == 1) {
            return Stream.of(parts.getFirst(), parts.getFirst() + "\n");
        }
        return SEPARATORS.stream().flatMap(separator -> {
            String text = String.join(separator, parts);
            return separator.equals("\n") ? Stream.of(text, text + "\n") : Stream.of(text);
        });
    }
}
