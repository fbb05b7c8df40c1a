/** Sends one marked span, metric and log record to each destination and says what to do about what was answered. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.doctor;
