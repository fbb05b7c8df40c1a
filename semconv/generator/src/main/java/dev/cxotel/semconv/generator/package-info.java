/**
 * The build's tool that checks the registry and writes the Java constants and the reference table from it. The front
 * door is {@link dev.cxotel.semconv.generator.Main}; nothing of it is shipped.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.semconv.generator;
