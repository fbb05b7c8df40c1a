/** The slice of voice-quality records: decode, map. Pure. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.voicequality;
