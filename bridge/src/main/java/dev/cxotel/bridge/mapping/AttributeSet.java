package dev.cxotel.bridge.mapping;

import dev.cxotel.semconv.CxoneAttributes;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attributes of one span or log record while they are collected, within limits on their number and length. What is
 * absent or empty is left out; what is too long is cut and ends in {@link Text#CUT_MARK}; what is too many is dropped
 * and counted.
 */
public final class AttributeSet {

    /** OpenTelemetry's default limit on the attributes of a span. */
    public static final int MAX_COUNT = 128;

    /** The default limit on a text, in characters, the cut mark included. */
    public static final int MAX_LENGTH = 2000;

    private final AttributeRule rule;
    private final int maxCount;
    private final int maxLength;
    private final AttributesBuilder builder = Attributes.builder();
    private final Set<String> kept = new HashSet<>();
    private final List<String> cut = new ArrayList<>();
    private int dropped;

    public AttributeSet() {
        this(AttributeRule.NONE);
    }

    /** @param rule what becomes of each value before it is put */
    public AttributeSet(AttributeRule rule) {
        this(rule, MAX_COUNT, MAX_LENGTH);
    }

    AttributeSet(int maxCount, int maxLength) {
        this(AttributeRule.NONE, maxCount, maxLength);
    }

    private AttributeSet(AttributeRule rule, int maxCount, int maxLength) {
        this.rule = rule;
        this.maxCount = maxCount;
        this.maxLength = maxLength;
    }

    public AttributeSet put(AttributeKey<String> key, @Nullable String value) {
        return putText(key, value, maxLength);
    }

    /** Puts a text with a limit of its own, which may be above that of the set. */
    public AttributeSet putText(AttributeKey<String> key, @Nullable String value, int length) {
        if (value == null || value.isEmpty()) {
            return this;
        }
        if (!rule.concerns(key.getKey())) {
            return putShown(key, value, length);
        }
        rule.apply(key.getKey(), value).ifPresent(shown -> {
            putShown(key, shown.text(), length);
            shown.keyId().ifPresent(id -> putShown(CxoneAttributes.CXONE_PRIVACY_KEY_ID, id, length));
        });
        return this;
    }

    private AttributeSet putShown(AttributeKey<String> key, String value, int length) {
        String fitting = Text.cut(value, length);
        if (admit(key)) {
            builder.put(key, fitting);
            if (fitting.length() < value.length()) {
                cut.add(key.getKey());
            }
        }
        return this;
    }

    public AttributeSet putLong(AttributeKey<Long> key, @Nullable Long value) {
        if (value != null && leaves(key, value) && admit(key)) {
            builder.put(key, value);
        }
        return this;
    }

    public AttributeSet putDouble(AttributeKey<Double> key, @Nullable Double value) {
        if (value != null && Double.isFinite(value) && leaves(key, value) && admit(key)) {
            builder.put(key, value);
        }
        return this;
    }

    public AttributeSet putBoolean(AttributeKey<Boolean> key, @Nullable Boolean value) {
        if (value != null && leaves(key, value) && admit(key)) {
            builder.put(key, value);
        }
        return this;
    }

    public Attributes toAttributes() {
        return builder.build();
    }

    /** The attributes kept and dropped: what a span reports as its total, so that OTLP says how many were dropped. */
    public int totalCount() {
        return kept.size() + dropped;
    }

    /** The names of the attributes whose value was cut. */
    public List<String> cutNames() {
        return List.copyOf(cut);
    }

    /** A number or a flag stays what it is or does not leave. */
    private boolean leaves(AttributeKey<?> key, Object value) {
        return !rule.concerns(key.getKey())
                || rule.apply(key.getKey(), value.toString()).isPresent();
    }

    private boolean admit(AttributeKey<?> key) {
        if (kept.contains(key.getKey())) {
            return true;
        }
        if (kept.size() >= maxCount) {
            dropped++;
            return false;
        }
        kept.add(key.getKey());
        return true;
    }
}
