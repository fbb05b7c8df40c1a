package dev.cxotel.bridge.event;

/**
 * One thing that happened: a voice-quality record or one script API call.
 *
 * @param index the position among the events and unreadable parts of its delivery, from 0
 */
public record Event(EventType type, int index, Identity identity, Payload payload) {}
