package dev.cxotel.bridge.telemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.semconv.ServiceAttributes;
import java.util.Map;
import java.util.Optional;

/**
 * Who the bridge is in its own telemetry: {@code service.namespace=cxotel} and {@code service.name=cxotel} unless
 * {@code OTEL_SERVICE_NAME} says otherwise. What comes from CXone has resources of its own.
 *
 * @param serviceName the value of {@code OTEL_SERVICE_NAME}; empty or blank: {@code cxotel}
 * @param instanceId {@code service.instance.id}, as old as the journal
 * @param version {@code service.version}
 * @param attributes configured resource attributes; the four above win
 */
public record SelfResource(
        Optional<String> serviceName, String instanceId, String version, Map<String, String> attributes) {

    /** Both name and name space. */
    public static final String NAME = "cxotel";

    public SelfResource {
        attributes = Map.copyOf(attributes);
    }

    Resource toResource() {
        AttributesBuilder all = Attributes.builder();
        attributes.forEach(all::put);
        all.put(
                ServiceAttributes.SERVICE_NAME,
                serviceName.filter(name -> !name.isBlank()).orElse(NAME));
        all.put(ServiceAttributes.SERVICE_NAMESPACE, NAME);
        all.put(ServiceAttributes.SERVICE_INSTANCE_ID, instanceId);
        all.put(ServiceAttributes.SERVICE_VERSION, version);
        return Resource.getDefault().merge(Resource.create(all.build()));
    }
}
