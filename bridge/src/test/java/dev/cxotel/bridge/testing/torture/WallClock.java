package dev.cxotel.bridge.testing.torture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;

/** The wall clock of a process that runs under the library {@code src/test/c/clock.c}: it can be set at any time. */
final class WallClock {

    private final Path library;
    private final Path file;
    private Duration offset = Duration.ZERO;

    WallClock(Path library, Path directory) throws IOException {
        this.library = library;
        this.file = directory.resolve("clock-offset");
        set(Duration.ZERO);
    }

    Path library() {
        return library;
    }

    Map<String, String> environment() {
        return Map.of("CLOCK_OFFSET_FILE", file.toString());
    }

    /** How far the clock is from the machine's. */
    Duration offset() {
        return offset;
    }

    void set(Duration next) throws IOException {
        ByteBuffer bytes =
                ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, next.toNanos());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(bytes, 0);
        }
        offset = next;
    }
}
