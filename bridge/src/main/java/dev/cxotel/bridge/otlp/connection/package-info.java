/** How a destination is reached: its proxy, its certificate authorities, who the bridge is to it, its headers. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.otlp.connection;
