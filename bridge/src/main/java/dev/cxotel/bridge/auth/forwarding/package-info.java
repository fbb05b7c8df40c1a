/**
 * What a request was before proxies passed it on: {@link dev.cxotel.bridge.auth.forwarding.Forwarding} reads it from the
 * headers of trusted proxies.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.forwarding;
