/** The loops from the journal to a destination, one per signal and destination. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.pipeline;
