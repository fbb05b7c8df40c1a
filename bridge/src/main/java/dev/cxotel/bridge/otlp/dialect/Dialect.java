package dev.cxotel.bridge.otlp.dialect;

import dev.cxotel.bridge.config.DestinationConfig.Style;
import dev.cxotel.bridge.signal.Measurement;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.DelegatingSpanData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What a backend wants to be different in spans, log records and measurements: limits on attributes, and attributes that
 * say again what OpenTelemetry says elsewhere. The same item always becomes the same. Safe for any thread.
 */
public final class Dialect {

    private static final AttributeKey<String> EVENT_NAME = AttributeKey.stringKey("event.name");
    private static final String SPAN_NAME = "{span_name}";
    private static final String OPERATION = "{operation}";
    private static final String CALL = "cxone.script.api";

    private final Style style;
    private final Consumer<String> cut;

    /** @param cut told the name of each attribute that was cut or dropped at a limit */
    public Dialect(Style style, Consumer<String> cut) {
        this.style = style;
        this.cut = cut;
    }

    /** A dialect that tells nobody what it cuts. */
    public Dialect(Style style) {
        this(style, name -> {});
    }

    public SpanData span(SpanData span) {
        Attributes limited = limited(span.getAttributes(), style.maxAttributes(), style.maxAttributeLength());
        Attributes all = style.spanAttributes().isEmpty() ? limited : named(span, limited);
        return all.equals(span.getAttributes())
                ? span
                : new Span(span, all, span.getTotalAttributeCount() + all.size() - limited.size());
    }

    public LogRecordData log(LogRecordData log) {
        Attributes limited = limited(log.getAttributes(), style.maxAttributes(), style.maxAttributeLength());
        String event = log.getEventName();
        Attributes all = !style.eventNameAttribute() || event == null
                ? limited
                : limited.toBuilder().put(EVENT_NAME, event).build();
        return all.equals(log.getAttributes())
                ? log
                : new AlteredLog(log, all, log.getTotalAttributeCount() + all.size() - limited.size());
    }

    /** Before it is folded, so that values that become equal become one series. */
    public Measurement measurement(Measurement measurement, Resource resource) {
        Attributes limited = limited(measurement.attributes(), 0, style.maxMetricAttributeLength());
        AttributesBuilder more = limited.toBuilder();
        for (String name : style.metricAttributes()) {
            resource.getAttributes().forEach((key, value) -> {
                if (key.getKey().equals(name)) {
                    put(more, key, value);
                }
            });
        }
        Attributes all = more.build();
        return all.equals(measurement.attributes())
                ? measurement
                : new Measurement(measurement.metric(), measurement.value(), all, measurement.span());
    }

    private Attributes named(SpanData span, Attributes attributes) {
        AttributesBuilder named = attributes.toBuilder();
        for (Map.Entry<String, String> attribute : style.spanAttributes().entrySet()) {
            named.put(
                    attribute.getKey(),
                    attribute.getValue().replace(OPERATION, operation(span)).replace(SPAN_NAME, span.getName()));
        }
        return named.build();
    }

    /** Few different ones: only calls have names that a customer gave. */
    private static String operation(SpanData span) {
        return span.getKind() == SpanKind.CLIENT
                ? CALL
                : "cxone." + span.getName().toLowerCase(Locale.ROOT).replace(' ', '_');
    }

    private Attributes limited(Attributes attributes, int count, int length) {
        boolean fits = (count == 0 || attributes.size() <= count)
                && (length == 0
                        || attributes.asMap().values().stream()
                                .noneMatch(value -> value instanceof String text && Utf8.length(text) > length));
        if (fits) {
            return attributes;
        }
        AttributesBuilder kept = Attributes.builder();
        int[] number = {0};
        attributes.forEach((key, value) -> {
            if (count != 0 && number[0] >= count) {
                cut.accept(key.getKey());
                return;
            }
            number[0]++;
            if (length != 0 && value instanceof String text && Utf8.length(text) > length) {
                cut.accept(key.getKey());
                put(kept, key, Utf8.cut(text, length));
            } else {
                put(kept, key, value);
            }
        });
        return kept.build();
    }

    @SuppressWarnings("unchecked") // the value is the key's own
    private static void put(AttributesBuilder builder, AttributeKey<?> key, Object value) {
        builder.put((AttributeKey<Object>) key, value);
    }

    /** A span with other attributes. */
    private static final class Span extends DelegatingSpanData {

        private final Attributes attributes;
        private final int total;

        Span(SpanData span, Attributes attributes, int total) {
            super(span);
            this.attributes = attributes;
            this.total = total;
        }

        @Override
        public Attributes getAttributes() {
            return attributes;
        }

        @Override
        public int getTotalAttributeCount() {
            return total;
        }
    }
}
