/** OTLP out: {@link Destination} sends, and an {@code answer.ExportResult} says what became of it. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.otlp;
