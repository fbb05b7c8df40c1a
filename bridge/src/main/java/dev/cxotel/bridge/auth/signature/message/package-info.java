/** HTTP Message Signatures (RFC 9421) with Content-Digest (RFC 9530), and the structured fields (RFC 8941) they stand in. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.auth.signature.message;
