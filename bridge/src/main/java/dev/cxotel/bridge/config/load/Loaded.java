package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.BridgeConfig;
import java.util.List;

/** A configuration that can be used, and what its author should know all the same. */
public record Loaded(BridgeConfig config, List<String> warnings) {
    public Loaded {
        warnings = List.copyOf(warnings);
    }
}
