/**
 * Who signed a request. {@link dev.cxotel.bridge.auth.signature.SignatureAuthenticator} is the authenticator, {@link
 * dev.cxotel.bridge.auth.signature.Verifier} what it asks, without side effects, so that others may ask as well.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.signature;
