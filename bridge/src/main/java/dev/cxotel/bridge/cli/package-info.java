/** The command line: {@link Cxotel} knows every command; here are those that run the bridge and that work on its journal. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.cli;
