/** The slice of script API events: decode, map. Pure. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.scriptapi;
