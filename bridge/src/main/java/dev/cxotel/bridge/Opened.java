package dev.cxotel.bridge;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What was started so far; closed in reverse order when a later part cannot start. */
final class Opened {

    private final Deque<Runnable> closers = new ArrayDeque<>();

    <T> T add(T part, Consumer<T> closer) {
        closers.push(() -> closer.accept(part));
        return part;
    }

    void close() {
        while (!closers.isEmpty()) {
            closers.pop().run();
        }
    }
}
