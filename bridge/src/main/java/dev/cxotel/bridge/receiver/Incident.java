package dev.cxotel.bridge.receiver;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * An exception as it may be logged: classes and places, but no message, since the messages of parsers quote what they
 * read.
 */
final class Incident {

    private static final int MOST_FRAMES = 20;

    private Incident() {}

    static String of(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        for (Throwable one = thrown; one != null && text.length() < 4096; one = one.getCause()) {
            text.append(text.isEmpty() ? "" : " caused by ")
                    .append(one.getClass().getName())
                    .append(Arrays.stream(one.getStackTrace())
                            .limit(MOST_FRAMES)
                            .map(StackTraceElement::toString)
                            .collect(Collectors.joining(" < ", " at ", "")));
        }
        return text.toString();
    }
}
