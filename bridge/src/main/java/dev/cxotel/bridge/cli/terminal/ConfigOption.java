package dev.cxotel.bridge.cli.terminal;

import dev.cxotel.bridge.auth.signature.key.KeyFiles;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.config.load.Loaded;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --config FILE}, which may be left out: then the environment and the defaults say all. */
public final class ConfigOption {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration, YAML or JSON; without it the defaults and OTEL_* hold.")
    private @Nullable Path file;

    /**
     * Loads what the option names.
     *
     * @param environment the process's variables
     * @throws ConfigException with every problem
     */
    public Loaded load(Map<String, String> environment) throws ConfigException {
        ConfigLoader loader = new ConfigLoader(environment, KeyFiles::problem);
        return file == null ? loader.load() : loader.load(file);
    }
}
