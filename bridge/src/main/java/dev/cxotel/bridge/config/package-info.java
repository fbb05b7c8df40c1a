/** The configuration: one immutable record per part, and the reader of the YAML file. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.config;
