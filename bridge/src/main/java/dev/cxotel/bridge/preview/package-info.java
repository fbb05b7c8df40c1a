/**
 * An OTLP/HTTP endpoint that decodes what arrives on its socket and remembers the last hour in memory. It is not
 * durable: no cursor waits for it and no ledger knows it. {@link dev.cxotel.bridge.preview.Preview} listens, {@link
 * dev.cxotel.bridge.preview.PreviewStore} remembers, {@link dev.cxotel.bridge.preview.Readings} answers.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.preview;
