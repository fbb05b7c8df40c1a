/** What leaves the bridge: spans, log records and measurements, and the slice that makes them. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.signal;
