/** What an operator brings back: entries of quarantine, decoded, verified or offered again. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.replay;
