/**
 * The receiver's side of TLS: its certificate, whom it trusts, and what a handshake may cost. {@link
 * dev.cxotel.bridge.receiver.tls.Certificates} is the front door.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.receiver.tls;
