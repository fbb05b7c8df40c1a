package dev.cxotel.bridge.journal.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.JournalConfig;
import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import dev.cxotel.bridge.journal.Journal;
import dev.cxotel.bridge.telemetry.Telemetry;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever knocks how often and with how much: 1 000 deliveries and 64 MiB are held, and not one more. */
class HeldBoundsTest {

    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void theThousandAndFirst_isNotHeld() throws Exception {
        assertThat(held(1_050, 10)).isEqualTo(1_000);
    }

    @Test
    void sixtyFiveMebibytes_areNotHeld() throws Exception {
        assertThat(held(65, MIB)).isEqualTo(63); // with its request each is a little more than 1 MiB
    }

    private int held(int count, int size) throws Exception {
        JournalConfig config = TestConfig.sized(directory, 1L << 30, JournalConfig.OnFull.EXPIRE);
        Bytes body = Bytes.wrap(new byte[size]);
        Instant start = InstantSource.system().instant(); // what is old is removed
        Bytes request = Bytes.utf8("POST /v1");
        int held = 0;
        try (Journal journal = SqliteJournal.open(config, InstantSource.system(), Telemetry.NONE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                Delivery delivery = new Delivery("voice", start.plusMillis(i), body);
                answers.add(threads.submit(() -> journal.hold(delivery, request, "wrong_signature")));
            }
            for (Future<Boolean> answer : answers) {
                held += answer.get() ? 1 : 0;
            }
            assertThat(journal.quarantine().list(2_000)).hasSize(held);
        }
        return held;
    }
}
