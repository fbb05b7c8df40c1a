/** Making keys and certificates, and what to paste where. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.cli.keys;
