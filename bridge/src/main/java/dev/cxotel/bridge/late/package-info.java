/**
 * Spans and log records that are too old for a destination: {@link dev.cxotel.bridge.late.AgeRule} says what becomes of
 * each, {@link dev.cxotel.bridge.late.LateSpanSlice} knows the log record that stands for a span.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.late;
