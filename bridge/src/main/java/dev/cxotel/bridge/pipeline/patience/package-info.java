/** How a pipeline waits and tries again, without end: {@link Patience}, and what it is doing meanwhile, {@link PipelineState}. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.pipeline.patience;
