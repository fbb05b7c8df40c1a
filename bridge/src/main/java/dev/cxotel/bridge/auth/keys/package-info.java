/** The making of signature keys: {@link dev.cxotel.bridge.auth.keys.KeyFolder} writes both halves and never overwrites. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.keys;
