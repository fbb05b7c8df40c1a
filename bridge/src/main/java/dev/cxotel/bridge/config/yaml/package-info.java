/**
 * A YAML file as text with places: read, variables put in, checked against a JSON Schema, and asked for values; every
 * problem is collected with its line and column. {@link dev.cxotel.bridge.config.yaml.Document} is the front door.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.config.yaml;
