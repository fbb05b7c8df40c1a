/**
 * Senders that are known by a client certificate. {@link dev.cxotel.bridge.auth.mtls.MtlsAuthenticator} judges a
 * request, {@link dev.cxotel.bridge.auth.mtls.ClientAuthorities} a chain, in the TLS handshake too.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.mtls;
