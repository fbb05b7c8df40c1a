package dev.cxotel.bridge.journal;

/**
 * An event that a destination refused alone, to be kept for the operator.
 *
 * @param reason a fixed word in snake_case, fit for a metric attribute
 * @param detail what the destination said, bounded; may hold payload values
 */
public record QuarantinedEvent(long seq, String reason, String detail) {}
