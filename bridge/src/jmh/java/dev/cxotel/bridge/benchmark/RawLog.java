package dev.cxotel.bridge.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;

/** The least that a durable log can be, as a yardstick: one thread writes all that waits, syncs once, and tells. */
final class RawLog {

    @SuppressWarnings("ArrayRecordComponent") // written, never compared
    private record Entry(byte[] bytes, CompletableFuture<Boolean> synced) {}

    private static final Entry END = new Entry(new byte[0], new CompletableFuture<>());

    private final BlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
    private final Thread writer;

    RawLog(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        writer = Thread.ofPlatform().name("raw-log").start(() -> write(channel));
    }

    void append(byte[] bytes) {
        Entry entry = new Entry(bytes, new CompletableFuture<>());
        queue.add(entry);
        entry.synced().join();
    }

    void stop() throws InterruptedException {
        queue.add(END);
        writer.join();
    }

    private void write(FileChannel channel) {
        try (channel) {
            while (true) {
                List<Entry> group = new ArrayList<>();
                group.add(queue.take());
                queue.drainTo(group);
                ByteBuffer buffer = ByteBuffer.allocate(
                        group.stream().mapToInt(entry -> entry.bytes().length).sum());
                group.forEach(entry -> buffer.put(entry.bytes()));
                buffer.flip();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(false);
                group.forEach(entry -> entry.synced().complete(true));
                if (group.contains(END)) {
                    return;
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
