package dev.cxotel.bridge.config.yaml;

import org.yaml.snakeyaml.error.Mark;

/**
 * Where something stands in a file.
 *
 * @param line from 1; 0 when there is no position
 * @param column from 1; 0 when there is no position
 */
public record Place(int line, int column) {

    /** Outside any file. */
    public static final Place NONE = new Place(0, 0);

    static final Place START = new Place(1, 1);

    static Place of(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }
}
