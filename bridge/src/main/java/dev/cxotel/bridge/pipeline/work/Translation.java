package dev.cxotel.bridge.pipeline.work;

/** What became of one stored event on its way to a destination. */
public sealed interface Translation<T> {

    /** There is something to send. */
    record Ready<T>(T item) implements Translation<T> {}

    /** There is nothing to send, and that is in order: the reason says why. */
    record Skipped<T>(String reason) implements Translation<T> {}

    /**
     * It cannot be translated.
     *
     * @param reason a fixed word in snake_case
     * @param detail one sentence for a person
     */
    record Broken<T>(String reason, String detail) implements Translation<T> {}
}
