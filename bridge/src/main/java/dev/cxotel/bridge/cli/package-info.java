/** The commands. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.cli;
