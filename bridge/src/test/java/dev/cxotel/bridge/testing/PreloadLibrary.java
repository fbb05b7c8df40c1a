package dev.cxotel.bridge.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A library of {@code src/test/c} that takes the place of system calls in a program under test. */
public final class PreloadLibrary {

    private PreloadLibrary() {}

    /** Compiles {@code src/test/c/<name>.c}; empty on a machine without a C compiler. */
    public static Optional<Path> compile(String name, Path into) throws IOException, InterruptedException {
        Path library = into.resolve(name + ".so");
        try {
            Process compiler = new ProcessBuilder(
                            "cc",
                            "-O2",
                            "-Wall",
                            "-Wextra",
                            "-Werror",
                            "-fPIC",
                            "-shared",
                            "-o",
                            library.toString(),
                            "src/test/c/" + name + ".c",
                            "-ldl",
                            "-lpthread")
                    .inheritIO()
                    .start();
            if (compiler.waitFor() != 0) {
                throw new IOException(name + ".c does not compile");
            }
            return Optional.of(library);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Cannot run program")) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
