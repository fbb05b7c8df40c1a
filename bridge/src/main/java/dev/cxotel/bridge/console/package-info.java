/** The admin API. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.console;
