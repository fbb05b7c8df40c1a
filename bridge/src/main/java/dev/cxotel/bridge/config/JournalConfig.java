package dev.cxotel.bridge.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The durable log.
 *
 * @param directory created with mode 0700 when absent
 * @param maxSize bytes of used pages and write-ahead log
 * @param minFreeDisk bytes of the file system that stay free; below, intake is refused
 * @param replayRetention how long delivered events are kept for a replay; they go earlier when space is needed
 * @param deduplicationWindow how long an identity is remembered
 * @param maxBacklogAge how long an event waits for a destination
 * @param quarantineMaxSize bytes of bodies in quarantine; at most a tenth of {@code maxSize} is used
 * @param quarantineRetention how long an entry stays in quarantine
 * @param encryptionKeys of stored bodies, 32 bytes each, the newest first; none leaves them as they are
 */
public record JournalConfig(
        Path directory,
        long maxSize,
        long minFreeDisk,
        Duration replayRetention,
        Duration deduplicationWindow,
        Duration maxBacklogAge,
        OnFull onFull,
        long quarantineMaxSize,
        Duration quarantineRetention,
        List<SecretKey> encryptionKeys) {

    public static final JournalConfig DEFAULT = new JournalConfig(
            Path.of("data"),
            10L << 30,
            1L << 30,
            Duration.ofHours(24),
            Duration.ofHours(24),
            Duration.ofHours(72),
            OnFull.EXPIRE);

    public JournalConfig {
        encryptionKeys = List.copyOf(encryptionKeys);
    }

    /** The same with quarantine's defaults, not encrypted. */
    public JournalConfig(
            Path directory,
            long maxSize,
            long minFreeDisk,
            Duration replayRetention,
            Duration deduplicationWindow,
            Duration maxBacklogAge,
            OnFull onFull) {
        this(
                directory,
                maxSize,
                minFreeDisk,
                replayRetention,
                deduplicationWindow,
                maxBacklogAge,
                onFull,
                1L << 30,
                Duration.ofDays(7),
                List.of());
    }

    /** What happens at {@code max_size}. */
    public enum OnFull {
        /** The oldest events end as expired for the pipelines that still wait for them. */
        EXPIRE,
        /** New webhooks are refused with 503. */
        REFUSE
    }
}
