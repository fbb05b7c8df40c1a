package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.config.yaml.Problems;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The variables that every OpenTelemetry SDK knows, as far as they have a meaning here: {@code OTEL_RESOURCE_ATTRIBUTES},
 * {@code OTEL_SERVICE_NAME} (the bridge's own telemetry only), {@code OTEL_METRIC_EXPORT_INTERVAL},
 * {@code OTEL_BSP_SCHEDULE_DELAY} and, in {@link OtlpVariables}, {@code OTEL_EXPORTER_OTLP_*}. As the specification
 * says, an empty variable is an unset one.
 */
final class OtelEnvironment {

    private static final List<String> NO_MEANING = List.of("OTEL_EXPERIMENTAL_CONFIG_FILE");

    private final Map<String, String> environment;
    private final Problems problems;
    private final Map<String, String> attributes;

    OtelEnvironment(Map<String, String> environment, Problems problems, List<String> warnings) {
        this.environment = environment;
        this.problems = problems;
        this.attributes = pairs("OTEL_RESOURCE_ATTRIBUTES");
        for (String variable : NO_MEANING) {
            if (get(variable).isPresent()) {
                warnings.add(variable + " is not read; its name is now OTEL_CONFIG_FILE");
            }
        }
    }

    /** The variable's text; empty when unset or empty. */
    Optional<String> get(String variable) {
        String value = environment.getOrDefault(variable, "").strip();
        return value.isEmpty() ? Optional.empty() : Optional.of(value);
    }

    /** Without {@code service.name}, which names the bridge's own telemetry only. */
    Map<String, String> resourceAttributes() {
        Map<String, String> others = new LinkedHashMap<>(attributes);
        others.remove("service.name");
        return others;
    }

    String serviceName() {
        return get("OTEL_SERVICE_NAME")
                .orElseGet(() -> attributes.getOrDefault("service.name", BridgeConfig.DEFAULT_SERVICE_NAME));
    }

    Optional<Duration> metricInterval() {
        return milliseconds("OTEL_METRIC_EXPORT_INTERVAL");
    }

    Optional<Duration> batchDelay() {
        return milliseconds("OTEL_BSP_SCHEDULE_DELAY");
    }

    /** A whole number of milliseconds above 0. */
    Optional<Duration> milliseconds(String variable) {
        return get(variable).flatMap(text -> {
            try {
                long value = Long.parseLong(text);
                if (value > 0 && value <= Duration.ofDays(1).toMillis()) {
                    return Optional.of(Duration.ofMillis(value));
                }
            } catch (NumberFormatException e) {
                // said below, as for a number out of range
            }
            problems.add(variable, "\"" + text + "\" is not a number of milliseconds between 1 and 86400000");
            return Optional.empty();
        });
    }

    /** One of {@code meanings}, whose keys are in lower case. */
    <T> Optional<T> choice(String variable, Map<String, T> meanings) {
        return get(variable).flatMap(text -> {
            T meaning = meanings.get(text.toLowerCase(Locale.ROOT));
            if (meaning == null) {
                problems.add(variable, "\"" + text + "\" is none of " + String.join(", ", meanings.keySet()));
            }
            return Optional.ofNullable(meaning);
        });
    }

    /** {@code key=value,key=value} with percent-encoded values. */
    Map<String, String> pairs(String variable) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String pair : get(variable).orElse("").split(",", -1)) {
            if (pair.isBlank()) {
                continue;
            }
            int equals = pair.indexOf('=');
            if (equals < 1) {
                // The text may be a secret: it is not repeated.
                problems.add(variable, "a part is not of the form key=value");
                continue;
            }
            try {
                pairs.put(
                        decoded(pair.substring(0, equals).strip()),
                        decoded(pair.substring(equals + 1).strip()));
            } catch (IllegalArgumentException e) {
                problems.add(variable, "a percent sign is not followed by two hexadecimal digits; write %25 for it");
            }
        }
        return pairs;
    }

    void problem(String variable, String message) {
        problems.add(variable, message);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
