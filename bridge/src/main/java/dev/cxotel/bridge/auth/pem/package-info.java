/**
 * Certificates and private keys as PEM files, and files that are read again when they change: {@link
 * dev.cxotel.bridge.auth.pem.PemFile} and {@link dev.cxotel.bridge.auth.pem.Reloaded}.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.pem;
