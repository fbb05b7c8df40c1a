/** Who sent a request. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth;
