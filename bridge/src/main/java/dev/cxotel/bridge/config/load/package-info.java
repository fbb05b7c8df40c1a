/**
 * From a file and the environment to a {@link dev.cxotel.bridge.config.BridgeConfig}.
 * {@link dev.cxotel.bridge.config.load.ConfigLoader} is the front door.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.config.load;
