package dev.cxotel.bridge.config;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The receiver's own certificate.
 *
 * @param certificate the chain, PEM, the server's own first
 * @param privateKey of the certificate, PEM
 * @param reloadInterval how often the files are looked at
 * @param legacyCiphers whether the CBC cipher suite of CXone's published list is offered too
 */
public record TlsConfig(Path certificate, Path privateKey, Duration reloadInterval, boolean legacyCiphers) {}
