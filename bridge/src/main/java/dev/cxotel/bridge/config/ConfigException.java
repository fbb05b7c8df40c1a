package dev.cxotel.bridge.config;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; carries every problem that was found, not only the first. */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    public ConfigException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining(System.lineSeparator())));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    /**
     * One thing that is wrong.
     *
     * @param file the file's name as it was given; empty for a problem outside a file, such as a variable
     * @param line from 1; 0 when there is no position
     * @param column from 1; 0 when there is no position
     * @param path the key's path with dots and indexes: {@code receiver.subscriptions[1].path}
     * @param message what is wrong and what to do
     */
    public record Problem(String file, int line, int column, String path, String message) {
        @Override
        public String toString() {
            String place = line > 0 ? file + ":" + line + ":" + column : file;
            String where = place.isEmpty() ? path : path.isEmpty() ? place : place + ": " + path;
            return where.isEmpty() ? message : where + ": " + message;
        }
    }
}
