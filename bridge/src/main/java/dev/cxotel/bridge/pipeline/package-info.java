/** The loops from the journal to the destinations; {@link Pipelines} builds, starts and stops them. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.pipeline;
