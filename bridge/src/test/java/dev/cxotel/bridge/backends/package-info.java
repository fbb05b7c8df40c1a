/**
 * Real backends, not written by us: each is started from its own binary, fed by the real program, and asked through its
 * own API. Skipped, with the reason, where the binary is not there.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.backends;
