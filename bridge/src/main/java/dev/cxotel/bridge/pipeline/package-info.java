/** The loops from the journal to the destinations, and the work on spans, log records and contacts; {@link Pipelines} builds, starts and stops them. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.pipeline;
