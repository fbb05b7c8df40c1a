package dev.cxotel.bridge.config;

import java.util.Map;

/** Resource attributes that everything exported carries. */
public record ResourceConfig(Map<String, String> attributes) {

    public static final ResourceConfig DEFAULT = new ResourceConfig(Map.of());

    public ResourceConfig {
        attributes = Map.copyOf(attributes);
    }
}
