package dev.cxotel.otelconfig.generator;

import java.util.List;

/** The model of boards or alerts cannot be used; says every reason, each with file and place. */
final class InvalidModelException extends Exception {

    private static final long serialVersionUID = 1L;

    InvalidModelException(List<String> problems) {
        super(String.join("\n", problems));
    }
}
