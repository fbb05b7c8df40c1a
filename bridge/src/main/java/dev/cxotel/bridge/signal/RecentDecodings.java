package dev.cxotel.bridge.signal;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A decoder that remembers the latest bodies, for several readers who follow each other closely: each pipeline reads
 * every event, and decoding costs more than anything else that is done with it. Since a decoder is pure, an answer that
 * is remembered is the answer. For many threads; two that ask for the same body at the same moment may both decode it.
 */
public final class RecentDecodings implements Decoder {

    /** Beyond this share of the limit a body is not remembered, so that one cannot push all others out. */
    private static final int LARGEST_SHARE = 8;

    private final Decoder decoder;
    private final long mostBytes;
    private final Map<Bytes, Decoding> decodings = new HashMap<>();
    private final Deque<Bytes> order = new ArrayDeque<>();
    private long bytes;

    /** @param mostBytes of bodies; what was decoded of them takes some five times that */
    public RecentDecodings(Decoder decoder, long mostBytes) {
        this.decoder = decoder;
        this.mostBytes = mostBytes;
    }

    @Override
    public Decoding decode(Bytes body) {
        Decoding known = find(body);
        if (known != null) {
            return known;
        }
        Decoding decoding = decoder.decode(body);
        if (body.size() <= mostBytes / LARGEST_SHARE) {
            remember(body, decoding);
        }
        return decoding;
    }

    private synchronized @Nullable Decoding find(Bytes body) {
        return decodings.get(body);
    }

    private synchronized void remember(Bytes body, Decoding decoding) {
        if (decodings.putIfAbsent(body, decoding) != null) {
            return;
        }
        order.addLast(body);
        bytes += body.size();
        while (bytes > mostBytes) {
            Bytes oldest = order.removeFirst();
            decodings.remove(oldest);
            bytes -= oldest.size();
        }
    }
}
