package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.ConfigException;
import dev.cxotel.bridge.config.yaml.Section;
import java.util.List;

/**
 * A configuration that can be used, and what its author should know all the same.
 *
 * @param file as it was read
 */
public record Loaded(BridgeConfig config, List<String> warnings, Section file) {
    public Loaded {
        warnings = List.copyOf(warnings);
    }

    /** Problems that were found after the reading, such as a certificate's, with their places in the file. */
    public ConfigException placed(ConfigException problems) {
        return new ConfigException(
                problems.problems().stream().map(file::placed).toList());
    }
}
