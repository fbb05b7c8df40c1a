/** What a backend wants to be different: {@link Dialect} before a batch, {@link OnDemandReader} and {@link TaggedMetrics} for meters. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.otlp.dialect;
