/**
 * What a request was before proxies passed it on. {@link dev.cxotel.bridge.auth.forwarding.Forwarding} reads it from the
 * headers of trusted proxies, {@link dev.cxotel.bridge.auth.forwarding.PublicUrl} says which URL the sender signed.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.forwarding;
