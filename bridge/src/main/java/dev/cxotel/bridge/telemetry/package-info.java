/** What the bridge says about itself. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.telemetry;
