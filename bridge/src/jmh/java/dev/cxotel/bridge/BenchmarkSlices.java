package dev.cxotel.bridge;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.load.ConfigLoader;
import dev.cxotel.bridge.signal.Slices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What a benchmark needs of the composition root. */
public final class BenchmarkSlices {

    private BenchmarkSlices() {}

    /** The slices of the default configuration. */
    public static Slices create() throws IOException, ConfigException {
        return new Slices(Parts.slices(config("cxotel: 1\n"), "benchmark"));
    }

    /** The configuration that the YAML says. */
    public static BridgeConfig config(String yaml) throws IOException, ConfigException {
        Path file = Files.createTempFile("cxotel-benchmark", ".yaml");
        Files.writeString(file, yaml);
        BridgeConfig config = new ConfigLoader(Map.of()).load(file).config();
        Files.delete(file);
        return config;
    }
}
