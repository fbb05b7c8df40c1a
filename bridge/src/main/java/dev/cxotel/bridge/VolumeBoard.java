package dev.cxotel.bridge;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.event.Activity;
import dev.cxotel.bridge.mapping.MetricAttributes;
import dev.cxotel.bridge.mapping.Resources;
import dev.cxotel.bridge.mapping.ServiceKind;
import dev.cxotel.bridge.otlp.Destination;
import dev.cxotel.bridge.volumes.VolumeGauges;
import dev.cxotel.bridge.volumes.Volumes;
import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.sdk.resources.Resource;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The volumes of all destinations: counted once for all that take every subscription, and apart for each set of
 * subscriptions that some destination is limited to, so that none learns how much goes on in another's.
 */
final class VolumeBoard {

    private final MappingConfig mapping;
    private final Resources resources;
    private final InstantSource clock;
    private final Map<Set<String>, Volumes> bySubscriptions = new ConcurrentHashMap<>();

    VolumeBoard(BridgeConfig config, Resources resources, InstantSource clock) {
        this.mapping = config.mapping();
        this.resources = resources;
        this.clock = clock;
    }

    void heard(Activity activity, String subscription, Instant receivedAt) {
        bySubscriptions.values().forEach(volumes -> volumes.heard(activity, subscription, receivedAt));
    }

    /** Starts to send to the destination; empty when it takes no metrics. */
    Optional<VolumeGauges> gauges(Destination destination) {
        MetricAttributes attributes = new MetricAttributes(mapping);
        return destination
                .selfTelemetry()
                .map(exporter -> new VolumeGauges(
                        volumes(destination.config().subscriptions()),
                        resource(destination.config().subscriptions()),
                        exporter,
                        destination.config().metricInterval(),
                        attributes::enabled,
                        this::isByUnit));
    }

    private Volumes volumes(Set<String> subscriptions) {
        return bySubscriptions.computeIfAbsent(
                subscriptions, names -> new Volumes(names, mapping.volumesWindow(), clock));
    }

    /** A single subscription's own attributes are those of its volumes. */
    private Resource resource(Set<String> subscriptions) {
        String only = subscriptions.size() == 1 ? subscriptions.iterator().next() : "";
        return resources.of(ServiceKind.CONTACT, only);
    }

    private boolean isByUnit(MetricDefinition gauge) {
        return mapping.metricAttributes()
                .getOrDefault(gauge.name(), List.of())
                .contains(CxoneAttributes.CXONE_BUSINESS_UNIT_ID.getKey());
    }
}
