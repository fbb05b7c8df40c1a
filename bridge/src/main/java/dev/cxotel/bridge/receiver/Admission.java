package dev.cxotel.bridge.receiver;

import java.util.concurrent.atomic.AtomicLong;

/** The bytes that all requests together may hold: taken as they are read, given back when the request is answered. */
final class Admission {

    private final long limit;
    private final AtomicLong taken = new AtomicLong();

    Admission(long limit) {
        this.limit = limit;
    }

    /** The bytes held at this moment. */
    long taken() {
        return taken.get();
    }

    Share open() {
        return new Share();
    }

    private boolean take(long bytes) {
        while (true) {
            long before = taken.get();
            if (bytes > limit - before) {
                return false;
            }
            if (taken.compareAndSet(before, before + bytes)) {
                return true;
            }
        }
    }

    /** What one request holds; used by one thread. */
    final class Share implements AutoCloseable {

        private long held;

        private Share() {}

        /** Holds {@code bytes} more, or throws and holds what it held. */
        void take(long bytes) {
            if (!Admission.this.take(bytes)) {
                throw new RefusedException(
                        Refusal.IN_FLIGHT_BYTES, "The limit of bytes in flight is reached; try again soon.");
            }
            held += bytes;
        }

        @Override
        public void close() {
            taken.addAndGet(-held);
            held = 0;
        }
    }
}
