package dev.cxotel.bridge.auth;

/**
 * One header line of a request.
 *
 * @param name as the sender wrote it; compare without regard to case
 * @param value without surrounding white space
 */
public record HeaderField(String name, String value) {}
