/**
 * Signature schemes as data: what a sender signs and where it puts the result. {@link
 * dev.cxotel.bridge.config.scheme.Scheme} is a scheme; {@code yaml} beneath reads them. Nothing here computes a
 * signature.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.config.scheme;
