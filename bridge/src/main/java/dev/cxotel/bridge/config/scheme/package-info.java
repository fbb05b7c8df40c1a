/**
 * Signature schemes as data: what a sender signs and where it puts the result. {@link
 * dev.cxotel.bridge.config.scheme.Scheme} is a scheme, {@link dev.cxotel.bridge.config.scheme.SchemePresets} the known
 * ones, {@link dev.cxotel.bridge.config.scheme.SchemeReader} reads one from YAML. Nothing here computes a signature.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.config.scheme;
