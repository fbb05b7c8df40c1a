package dev.cxotel.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.testing.Alone;
import dev.cxotel.bridge.testing.torture.Independence;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A dead backend delays nobody; the long form is {@code examples/torture/independence}. */
@Alone
class IndependenceIT {

    @TempDir
    Path directory;

    @Test
    void deadBackend_fillsTheJournal_othersLoseNothingAndItGetsTheRestWhenItReturns() throws Exception {
        try (Independence proof =
                new Independence(Independence.Size.SHORT, directory, line -> System.out.println(line))) {
            assertThat(proof.run()).isEmpty();
        }
    }
}
