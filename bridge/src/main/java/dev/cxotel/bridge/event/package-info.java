/** The words that every other part speaks: deliveries, events and their identity. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.event;
