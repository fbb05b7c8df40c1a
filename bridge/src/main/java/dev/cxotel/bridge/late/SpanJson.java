package dev.cxotel.bridge.late;

import com.fasterxml.jackson.databind.JsonNode;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.ArrayList;
import java.util.List;

/** The reader of one span in OTLP's JSON encoding, as {@code OtlpJson} writes it. */
final class SpanJson {
    private static final int ERROR = 2;

    private SpanJson() {}

    static boolean recognises(JsonNode document) {
        return document.path("resourceSpans").isArray();
    }

    /** @throws IllegalArgumentException when the document does not hold one span */
    static LateSpan read(JsonNode document) {
        JsonNode resource = document.path("resourceSpans").path(0);
        JsonNode span = resource.path("scopeSpans").path(0).path("spans").path(0);
        SpanContext context = SpanContext.create(
                span.path("traceId").asText(),
                span.path("spanId").asText(),
                TraceFlags.getSampled(),
                TraceState.getDefault());
        if (!context.isValid()) {
            throw new IllegalArgumentException("no span with ids");
        }
        return new LateSpan(
                span.path("name").asText(),
                context,
                span.path("parentSpanId").asText(),
                Long.parseLong(span.path("startTimeUnixNano").asText()),
                Long.parseLong(span.path("endTimeUnixNano").asText()),
                span.path("status").path("code").asInt() == ERROR,
                attributes(span.path("attributes")),
                attributes(resource.path("resource").path("attributes")));
    }

    private static Attributes attributes(JsonNode list) {
        AttributesBuilder attributes = Attributes.builder();
        list.forEach(one -> put(attributes, one.path("key").asText(), one.path("value")));
        return attributes.build();
    }

    private static void put(AttributesBuilder attributes, String key, JsonNode value) {
        if (value.has("stringValue")) {
            attributes.put(key, value.path("stringValue").asText());
        } else if (value.has("intValue")) {
            attributes.put(key, Long.parseLong(value.path("intValue").asText()));
        } else if (value.has("doubleValue")) {
            attributes.put(key, value.path("doubleValue").asDouble());
        } else if (value.has("boolValue")) {
            attributes.put(key, value.path("boolValue").asBoolean());
        } else if (value.has("arrayValue")) {
            List<String> texts = new ArrayList<>();
            value.path("arrayValue")
                    .path("values")
                    .forEach(one -> texts.add(one.elements().next().asText()));
            attributes.put(AttributeKey.stringArrayKey(key), texts);
        }
    }
}
