package dev.cxotel.bridge.auth.signature.key;

import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.SignatureKeyConfig;
import dev.cxotel.bridge.telemetry.Telemetry;
import dev.cxotel.semconv.CxotelAttributes;
import dev.cxotel.semconv.CxotelMetrics;
import io.opentelemetry.api.common.Attributes;
import java.security.InvalidKeyException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one subscription, read again now and then. A file that cannot be read leaves the keys that were last read
 * from it in force; that is counted and logged.
 */
public final class KeyStore implements Supplier<KeyRing> {

    private static final Logger log = LoggerFactory.getLogger(KeyStore.class);

    private final String subscription;
    private final SignatureConfig config;
    private final Telemetry telemetry;
    private final Map<SignatureKeyConfig, List<VerificationKey>> lastGood = new HashMap<>();
    private volatile KeyRing ring;

    private KeyStore(String subscription, SignatureConfig config, Telemetry telemetry) {
        this.subscription = subscription;
        this.config = config;
        this.telemetry = telemetry;
        this.ring = new KeyRing(List.of());
    }

    /**
     * Reads all keys.
     *
     * @throws InvalidKeyException when one of them cannot be used
     */
    public static KeyStore open(String subscription, SignatureConfig config, Telemetry telemetry)
            throws InvalidKeyException {
        KeyStore store = new KeyStore(subscription, config, telemetry);
        for (SignatureKeyConfig key : config.keys()) {
            store.lastGood.put(key, KeyFiles.read(config, key));
        }
        store.ring = store.collect();
        return store;
    }

    @Override
    public KeyRing get() {
        return ring;
    }

    public SignatureConfig config() {
        return config;
    }

    /** Reads all keys again; never throws. */
    public synchronized void refresh() {
        for (SignatureKeyConfig key : config.keys()) {
            try {
                lastGood.put(key, KeyFiles.read(config, key));
            } catch (InvalidKeyException e) {
                telemetry.add(
                        CxotelMetrics.CXOTEL_RECEIVER_KEY_FAILURES,
                        1,
                        Attributes.of(CxotelAttributes.CXOTEL_SUBSCRIPTION_NAME, subscription));
                log.warn(
                        "{}: key version \"{}\" cannot be read again, the last good one stays: {}",
                        subscription,
                        key.version(),
                        e.getMessage());
            }
        }
        KeyRing now = collect();
        if (!now.versions().equals(ring.versions())) {
            log.info("{}: keys in force are now {}", subscription, now.versions());
        }
        ring = now;
    }

    private synchronized KeyRing collect() {
        List<VerificationKey> keys = new ArrayList<>();
        config.keys().forEach(key -> keys.addAll(lastGood.getOrDefault(key, List.of())));
        return new KeyRing(keys);
    }
}
