package dev.cxotel.bridge.config.scheme;

/**
 * An algorithm that a scheme allows.
 *
 * @param prefix what stands before its signatures: {@code v1=}, {@code sha256=}; often empty
 */
public record AllowedAlgorithm(Algorithm algorithm, String prefix) {}
