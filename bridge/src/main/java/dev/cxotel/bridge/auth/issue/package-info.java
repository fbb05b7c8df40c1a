/**
 * Makes certificates: {@link dev.cxotel.bridge.auth.issue.Authority} issues them, {@link
 * dev.cxotel.bridge.auth.issue.MtlsFiles} is the set of files that mutual TLS wants.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.issue;
