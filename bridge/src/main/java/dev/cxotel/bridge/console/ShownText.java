package dev.cxotel.bridge.console;

import java.util.function.UnaryOperator;

/**
 * What an operator may see of stored payloads.
 *
 * @param body of a body, read as UTF-8
 * @param detail of a sentence that may quote one
 */
public record ShownText(UnaryOperator<String> body, UnaryOperator<String> detail) {

    /** Everything as it is. */
    public static final ShownText RAW = new ShownText(UnaryOperator.identity(), UnaryOperator.identity());
}
