/** OTLP out: destinations, presets, senders and their results. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.otlp;
