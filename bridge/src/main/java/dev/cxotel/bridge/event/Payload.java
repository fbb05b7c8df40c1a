package dev.cxotel.bridge.event;

/** The decoded content of an event; each slice has one record that implements it. */
public interface Payload {}
