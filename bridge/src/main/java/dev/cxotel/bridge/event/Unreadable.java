package dev.cxotel.bridge.event;

/**
 * A part of a delivery that is JSON but was not understood; it is kept in quarantine.
 *
 * @param index the position among the events and unreadable parts of the delivery, from 0
 * @param reason a fixed word in snake_case, fit for a metric attribute
 * @param detail one sentence for a person; holds field names, never payload values
 */
public record Unreadable(int index, String reason, String detail) {}
