/** Posting webhooks by hand: what they are, how they are signed and secured, how they were answered. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.cli.send;
