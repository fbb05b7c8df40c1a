package dev.cxotel.bridge.config;

import java.util.List;

/**
 * The whole configuration: an immutable snapshot from which every part is built.
 *
 * @param destinations empty when neither the file nor {@code OTEL_EXPORTER_OTLP_*} names one
 * @param serviceName the {@code service.name} of the bridge's own telemetry
 */
public record BridgeConfig(
        ResourceConfig resource,
        ReceiverConfig receiver,
        JournalConfig journal,
        MappingConfig mapping,
        List<DestinationConfig> destinations,
        HealthConfig health,
        AdminConfig admin,
        LoggingConfig logging,
        String serviceName) {

    public static final String DEFAULT_SERVICE_NAME = "cxotel";

    public BridgeConfig {
        destinations = List.copyOf(destinations);
    }
}
