/** Who may come to a subscription before any proof, and how often. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.access;
