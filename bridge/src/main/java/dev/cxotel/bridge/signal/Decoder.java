package dev.cxotel.bridge.signal;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;

/**
 * From the bytes of a body to its events. Pure: the same bytes always give the same answer, so that the journal keeps
 * only the bytes.
 */
@FunctionalInterface
public interface Decoder {

    /** Every byte sequence has an answer; an exception is a bug. */
    Decoding decode(Bytes body);
}
