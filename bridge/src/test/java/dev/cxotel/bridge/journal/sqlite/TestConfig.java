package dev.cxotel.bridge.journal.sqlite;

import dev.cxotel.bridge.config.JournalConfig;
import java.nio.file.Path;
import java.time.Duration;

/** Configurations of small journals. */
final class TestConfig {

    private TestConfig() {}

    static JournalConfig in(Path directory) {
        return sized(directory, 64 << 20, JournalConfig.OnFull.EXPIRE);
    }

    static JournalConfig sized(Path directory, long maxSize, JournalConfig.OnFull onFull) {
        return new JournalConfig(
                directory, maxSize, 1 << 20, Duration.ofHours(24), Duration.ofHours(24), Duration.ofHours(72), onFull);
    }
}
