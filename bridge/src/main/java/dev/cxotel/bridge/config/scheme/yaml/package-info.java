/** Schemes out of YAML: {@link SchemePresets} are the known ones, {@link SchemeReader} reads one that is spelled out. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.config.scheme.yaml;
