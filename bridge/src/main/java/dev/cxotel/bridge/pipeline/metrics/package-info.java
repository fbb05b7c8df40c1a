/** The work of the metrics pipelines, {@link CumulativePipeline} and {@link DeltaPipeline}: the two keep different promises. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.pipeline.metrics;
