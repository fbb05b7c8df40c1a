package dev.cxotel.bridge.otlp.connection;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.FileText;
import dev.cxotel.bridge.otlp.answer.IoTrouble;
import dev.cxotel.bridge.signal.Signal;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The headers of a destination's requests. Those that stand in files are read again when the last reading is a minute
 * old, and at the next request after the backend refused the key: a rotated key needs no restart. While a file cannot be
 * read or holds what no header may hold, the last value stays. Safe for any thread.
 */
public final class RequestHeaders {

    private static final Logger log = LoggerFactory.getLogger(RequestHeaders.class);

    private static final Duration READ_EVERY = Duration.ofMinutes(1);

    private final DestinationConfig config;
    private final InstantSource clock;
    private final Map<String, String> fromFiles = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private Instant read;

    public RequestHeaders(DestinationConfig config, InstantSource clock) {
        this.config = config;
        this.clock = clock;
        this.read = clock.instant();
    }

    /** The present headers of a signal's requests, at each call. */
    public Supplier<Map<String, String>> of(Signal signal) {
        return () -> present(signal);
    }

    /** The backend refused the key: the next request reads the files again. */
    public synchronized void refused() {
        read = Instant.MIN;
    }

    private synchronized Map<String, String> present(Signal signal) {
        Instant now = clock.instant();
        if (!config.headerFiles().isEmpty() && !now.isBefore(nextReading())) {
            read = now;
            config.headerFiles().forEach(this::read);
        }
        Map<String, String> headers = new HashMap<>(config.headers());
        headers.putAll(config.signalHeaders().getOrDefault(signal.configName(), Map.of()));
        headers.replaceAll((name, value) -> fromFiles.getOrDefault(name, value));
        return headers;
    }

    private Instant nextReading() {
        return read.equals(Instant.MIN) ? Instant.MIN : read.plus(READ_EVERY);
    }

    private void read(String header, FileText text) {
        try {
            String value = text.readFilled();
            HttpRequest.newBuilder().header(header, value);
            String before = fromFiles.put(header, value);
            if (before != null && !before.equals(value)) {
                log.info("Destination {}: the header {} was read anew from its file.", config.name(), header);
            }
        } catch (IOException e) {
            log.warn("Destination {}: the header {} cannot be read: {}", config.name(), header, IoTrouble.text(e));
        } catch (IllegalArgumentException e) {
            log.warn("Destination {}: the file holds what the header {} may not.", config.name(), header);
        }
    }
}
