package dev.cxotel.semconv.generator;

import java.util.List;
import java.util.stream.Collectors;

/** A registry that cannot be used, with every reason. */
final class InvalidRegistryException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    InvalidRegistryException(List<Problem> problems) {
        super(problems.stream().sorted().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = problems.stream().sorted().toList();
    }

    List<Problem> problems() {
        return problems;
    }
}
