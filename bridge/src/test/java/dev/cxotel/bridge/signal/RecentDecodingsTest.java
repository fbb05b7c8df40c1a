package dev.cxotel.bridge.signal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Decoding;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentDecodingsTest {

    private final List<Bytes> decoded = new ArrayList<>();
    private final RecentDecodings recent = new RecentDecodings(
            body -> {
                decoded.add(body);
                return new Decoding.NotJson(body.toUtf8());
            },
            24);

    @Test
    void decode_sameBytesAgain_decodesOnce() {
        Decoding first = recent.decode(Bytes.utf8("one"));
        assertThat(recent.decode(Bytes.utf8("one"))).isSameAs(first).isEqualTo(new Decoding.NotJson("one"));
        assertThat(recent.decode(Bytes.utf8("two"))).isEqualTo(new Decoding.NotJson("two"));
        assertThat(decoded).containsExactly(Bytes.utf8("one"), Bytes.utf8("two"));
    }

    @Test
    void decode_moreBytesThanTheLimit_forgetsTheOldest() {
        for (int i = 10; i < 24; i++) {
            recent.decode(Bytes.utf8("" + i));
        }
        decoded.clear();
        recent.decode(Bytes.utf8("23"));
        recent.decode(Bytes.utf8("12"));
        assertThat(decoded).as("12 bodies of 2 bytes are remembered").isEmpty();
        recent.decode(Bytes.utf8("11"));
        assertThat(decoded).containsExactly(Bytes.utf8("11"));
    }

    @Test
    void decode_largeBody_isNotRemembered() {
        recent.decode(Bytes.utf8("one"));
        recent.decode(Bytes.utf8("a large body"));
        recent.decode(Bytes.utf8("a large body"));
        recent.decode(Bytes.utf8("one"));
        assertThat(decoded).containsExactly(Bytes.utf8("one"), Bytes.utf8("a large body"), Bytes.utf8("a large body"));
    }
}
