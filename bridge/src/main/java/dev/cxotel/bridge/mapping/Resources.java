package dev.cxotel.bridge.mapping;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.ResourceConfig;
import dev.cxotel.bridge.signal.Scope;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.resources.ResourceBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The OpenTelemetry resources of what is exported: one per kind of service and subscription, always the same object.
 * Configured attributes win over nothing that identifies the service: {@code service.name},
 * {@code service.namespace} and {@code service.instance.id} are the bridge's to set. A subscription's attributes win
 * over those of the whole bridge.
 */
public final class Resources {

    /** The {@code service.namespace} of everything. */
    public static final String NAMESPACE = "cxone";

    private final ResourceConfig common;
    private final MappingConfig.ServiceNames names;
    private final Map<String, Map<String, String>> bySubscription;
    private final String instanceId;
    private final Map<Key, Resource> cache = new ConcurrentHashMap<>();

    /**
     * @param bySubscription further attributes, by the subscription's name
     * @param instanceId stable for a journal
     */
    public Resources(
            ResourceConfig common,
            MappingConfig mapping,
            Map<String, Map<String, String>> bySubscription,
            String instanceId) {
        this.common = common;
        this.names = mapping.serviceNames();
        this.bySubscription = copy(bySubscription);
        this.instanceId = instanceId;
    }

    /**
     * The resource of {@code kind}.
     *
     * @param subscription the name under which the data arrived; one without attributes of its own may be any text
     */
    public Resource of(ServiceKind kind, String subscription) {
        Map<String, String> own = bySubscription.getOrDefault(subscription, Map.of());
        return cache.computeIfAbsent(new Key(kind, own), this::build);
    }

    private Resource build(Key key) {
        ResourceBuilder builder = Resource.builder();
        common.attributes().forEach(builder::put);
        key.attributes().forEach(builder::put);
        return builder.put("service.namespace", NAMESPACE)
                .put("service.name", key.kind().nameIn(names))
                .put("service.instance.id", instanceId)
                .setSchemaUrl(Scope.SCHEMA_URL)
                .build();
    }

    private static Map<String, Map<String, String>> copy(Map<String, Map<String, String>> from) {
        Map<String, Map<String, String>> copy = new HashMap<>();
        from.forEach((name, attributes) -> copy.put(name, Map.copyOf(attributes)));
        return Map.copyOf(copy);
    }

    private record Key(ServiceKind kind, Map<String, String> attributes) {}
}
