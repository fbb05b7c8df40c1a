/**
 * HTTP/1.1 in, with what the server leaves out: limits on how long a sender may be silent, and on what it may make the
 * process hold before anybody has judged it. {@link dev.cxotel.bridge.receiver.listener.Listener} is the front door.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.receiver.listener;
