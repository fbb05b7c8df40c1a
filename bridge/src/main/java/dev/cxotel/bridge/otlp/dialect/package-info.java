/** What a backend wants to be different: {@link Dialect} before a batch, {@link TaggedMetrics} for the bridge's own metrics. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.otlp.dialect;
