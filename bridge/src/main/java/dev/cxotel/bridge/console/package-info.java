/**
 * The admin API. {@link dev.cxotel.bridge.console.AdminServer} serves it, {@link dev.cxotel.bridge.console.AdminClient}
 * finds and calls it from the command line.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.console;
