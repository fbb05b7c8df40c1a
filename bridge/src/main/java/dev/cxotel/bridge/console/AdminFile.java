package dev.cxotel.bridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where a running bridge is found and what opens it: {@code admin.json} in the journal's directory, readable by its owner
 * only.
 *
 * <pre>{"address":"http://127.0.0.1:8088","token":"…","pid":4711}</pre>
 */
record AdminFile(URI address, String token, long pid) {

    private static final String NAME = "admin.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    static Path in(Path directory) {
        return directory.resolve(NAME);
    }

    /** The file's content; empty without a file or when it is none of ours. */
    static Optional<AdminFile> read(Path directory) throws IOException {
        try {
            JsonNode file = JSON.readTree(Files.readString(in(directory)));
            return file.path("address").isTextual() && file.path("token").isTextual()
                    ? Optional.of(new AdminFile(
                            URI.create(file.path("address").textValue()),
                            file.path("token").textValue(),
                            file.path("pid").longValue()))
                    : Optional.empty();
        } catch (NoSuchFileException | JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Writes the file as a whole: a reader sees the old one or this one. */
    void write(Path directory) throws IOException {
        String content = JSON.createObjectNode()
                .put("address", address.toString())
                .put("token", token)
                .put("pid", pid)
                .toString();
        Path next = directory.resolve(NAME + ".new");
        Files.deleteIfExists(next);
        OwnerOnly.create(next);
        Files.writeString(next, content + "\n", StandardOpenOption.WRITE);
        Files.move(next, in(directory), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Removes the file, unless another bridge has written it since. */
    void remove(Path directory) throws IOException {
        Optional<AdminFile> present = read(directory);
        if (present.isPresent() && present.get().token().equals(token)) {
            Files.deleteIfExists(in(directory));
        }
    }

    /** Whether the process that wrote it still runs. */
    boolean isOfLivingProcess() {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** The token is not shown. */
    @Override
    public String toString() {
        return "AdminFile[" + address + ", pid=" + pid + "]";
    }
}
