package dev.cxotel.bridge.journal.seal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.SecretKey;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.journal.seal.Seal.Purpose;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SealTest {

    private static final Bytes BODY = Bytes.utf8("{\"Agent\":\"Zebediah Markwort\"}");

    private final SecretKey first = key(1);
    private final SecretKey second = key(2);
    private final Seal seal = seal(first);

    private static SecretKey key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return new SecretKey(Bytes.wrap(bytes));
    }

    private static Seal seal(SecretKey... keys) {
        return new Seal(List.of(keys), new SecureRandom());
    }

    @Test
    void seal_body_isOpenedAgainAndNeverTwiceTheSame() {
        byte[] once = seal.seal(Purpose.BODY, BODY);
        byte[] again = seal.seal(Purpose.BODY, BODY);
        assertThat(new String(once, StandardCharsets.ISO_8859_1)).doesNotContain("Zebediah");
        assertThat(once).isNotEqualTo(again);
        assertThat(seal.open(Purpose.BODY, once)).isEqualTo(BODY);
        assertThat(seal.open(Purpose.BODY, seal.seal(Purpose.BODY, Bytes.EMPTY)))
                .isEqualTo(Bytes.EMPTY);
    }

    @Test
    void open_olderKeyBehindTheNewest_stillOpens() {
        byte[] old = seal.seal(Purpose.BODY, BODY);
        Seal rotated = seal(second, first);
        assertThat(rotated.keyId()).isEqualTo(seal(second).keyId()).isNotEqualTo(seal.keyId());
        assertThat(rotated.open(Purpose.BODY, old)).isEqualTo(BODY);
        assertThat(rotated.missingKey(old)).isEmpty();
    }

    @Test
    void open_withoutTheKey_tellsWhichIsMissing() {
        byte[] sealed = seal.seal(Purpose.BODY, BODY);
        assertThat(seal(second).open(Purpose.BODY, sealed)).isEqualTo(Bytes.wrap(sealed));
        assertThat(seal(second).missingKey(sealed)).isEqualTo(seal.keyId());
        assertThat(Seal.NONE.missingKey(sealed)).isEqualTo(seal.keyId());
    }

    @Test
    void open_changedAnywhereOrTakenForAnother_isNotWhatWasSealed() {
        byte[] sealed = seal.seal(Purpose.BODY, BODY);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;
            assertThat(seal.open(Purpose.BODY, changed)).as("byte %s", i).isNotEqualTo(BODY);
        }
        assertThat(seal.open(Purpose.HEADERS, sealed)).isNotEqualTo(BODY);
    }

    @Test
    void seal_withoutKey_leavesEverything() {
        assertThat(Seal.NONE.seal(Purpose.BODY, BODY)).isEqualTo(BODY.toArray());
        assertThat(Seal.NONE.open(Purpose.BODY, BODY.toArray())).isEqualTo(BODY);
        assertThat(seal.open(Purpose.BODY, BODY.toArray()))
                .as("stored before encryption")
                .isEqualTo(BODY);
    }
}
