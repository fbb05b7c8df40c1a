package dev.cxotel.bridge.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.Map;

/**
 * Who changed what: {@code audit.log} in the journal's directory, one JSON object a line, readable by its owner only. A
 * line is on disk before the change is made, and a second one says how it ended.
 */
final class AuditLog {

    private static final String NAME = "audit.log";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final InstantSource clock;

    AuditLog(Path directory, InstantSource clock) {
        this.file = directory.resolve(NAME);
        this.clock = clock;
    }

    /**
     * Adds one line.
     *
     * @param call the method and path
     * @param parameters of the call; no payload values
     * @param remote the caller's address
     * @param outcome {@code begun}, {@code done} or {@code failed}
     */
    synchronized void add(String call, Map<String, String> parameters, String remote, String outcome)
            throws IOException {
        ObjectNode line = JSON.createObjectNode()
                .put("at", clock.instant().toString())
                .put("call", call)
                .put("remote", remote)
                .put("outcome", outcome);
        ObjectNode given = line.putObject("parameters");
        parameters.forEach(given::put);
        try {
            OwnerOnly.create(file);
        } catch (FileAlreadyExistsException e) {
            // Lines are added to it.
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
    }
}
