/**
 * Who sent a request. {@link dev.cxotel.bridge.auth.Authenticator} is the seam: a scheme sees {@link
 * dev.cxotel.bridge.auth.WebhookRequest} and nothing of the HTTP server.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth;
