/** Keys: {@link dev.cxotel.bridge.auth.signature.key.KeyRing} holds those that count, read from PEM, JWKS or a secret. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.signature.key;
