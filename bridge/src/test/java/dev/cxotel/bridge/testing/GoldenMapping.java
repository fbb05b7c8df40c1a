package dev.cxotel.bridge.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.MappingConfig.Privacy;
import dev.cxotel.bridge.config.SecretKey;
import dev.cxotel.bridge.event.Bytes;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The {@code mapping} of a golden case: the keys of the configuration file that cases need, over the defaults. */
public final class GoldenMapping {

    private GoldenMapping() {}

    public static MappingConfig of(JsonNode mapping) {
        MappingConfig defaults = MappingConfig.DEFAULT;
        JsonNode late = mapping.path("late");
        return new MappingConfig(
                defaults.serviceNames(),
                ZoneId.of(mapping.path("time_zone").asText("UTC")),
                responseTimeUnit(mapping.path("response_time_unit").asText("s")),
                choice(MappingConfig.DateTimeIs.class, mapping.path("date_time_is"), defaults.dateTimeIs()),
                dataSources(mapping.path("data_sources")),
                texts(mapping.path("business_units")),
                privacy(mapping.path("privacy")),
                choice(MappingConfig.UnknownFields.class, mapping.path("unknown_fields"), defaults.unknownFields()),
                added(mapping.path("metrics")),
                disabled(mapping.path("metrics")),
                mapping.path("export_suspect").asBoolean(true),
                new MappingConfig.Trace(
                        mapping.path("trace").path("root_span").asBoolean(true),
                        defaults.trace().idleTimeout(),
                        defaults.trace().maxDuration()),
                new MappingConfig.Late(
                        !late.path("metrics").asText("include").equals("exclude"),
                        Duration.parse(late.path("late_after").asText("PT1H"))),
                defaults.volumesWindow(),
                defaults.cardinalityLimit(),
                defaults.thresholds(),
                mapping.path("span_name").asText(defaults.spanName()),
                new MappingConfig.Calls(
                        numbers(mapping.path("ok_status")),
                        texts(mapping.path("error_types")),
                        texts(mapping.path("peers"))));
    }

    private static Set<Integer> numbers(JsonNode list) {
        Set<Integer> numbers = new HashSet<>();
        list.forEach(number -> numbers.add(number.asInt()));
        return numbers;
    }

    private static Set<String> disabled(JsonNode metrics) {
        Set<String> disabled = new HashSet<>(MappingConfig.DEFAULT.disabledMetrics());
        metrics.properties().stream()
                .filter(metric -> metric.getValue().path("enabled").asBoolean())
                .forEach(metric -> disabled.remove(metric.getKey()));
        return disabled;
    }

    private static MappingConfig.ResponseTimeUnit responseTimeUnit(String name) {
        return switch (name) {
            case "s" -> MappingConfig.ResponseTimeUnit.SECONDS;
            case "ms" -> MappingConfig.ResponseTimeUnit.MILLISECONDS;
            case "auto" -> MappingConfig.ResponseTimeUnit.AUTO;
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Privacy privacy(JsonNode privacy) {
        Privacy defaults = Privacy.DEFAULT;
        Map<String, Privacy.Field> fields = new HashMap<>();
        privacy.path("fields")
                .properties()
                .forEach(one ->
                        fields.put(one.getKey(), choice(Privacy.Field.class, one.getValue(), Privacy.Field.KEEP)));
        return new Privacy(
                choice(Privacy.Field.class, privacy.path("agent_name"), defaults.agentName()),
                choice(Privacy.Field.class, privacy.path("phone_numbers"), defaults.phoneNumbers()),
                choice(Privacy.UrlQuery.class, privacy.path("url_query"), defaults.urlQuery()),
                choice(Privacy.UrlPath.class, privacy.path("url_path"), defaults.urlPath()),
                choice(Privacy.Messages.class, privacy.path("messages"), defaults.messages()),
                fields,
                privacy.has("hmac_key")
                        ? Optional.of(new SecretKey(
                                Bytes.utf8(privacy.path("hmac_key").asText())))
                        : Optional.empty());
    }

    private static <E extends Enum<E>> E choice(Class<E> type, JsonNode name, E otherwise) {
        return name.isMissingNode()
                ? otherwise
                : Enum.valueOf(type, name.asText().toUpperCase(Locale.ROOT));
    }

    private static Map<String, Map<String, String>> dataSources(JsonNode sources) {
        Map<String, Map<String, String>> profiles = new HashMap<>();
        sources.properties().forEach(source -> profiles.put(source.getKey(), texts(source.getValue())));
        return profiles;
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new HashMap<>();
        object.properties()
                .forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
        return texts;
    }

    private static Map<String, List<String>> added(JsonNode metrics) {
        Map<String, List<String>> added = new HashMap<>();
        metrics.properties().forEach(metric -> {
            List<String> names = new ArrayList<>();
            metric.getValue().path("add").forEach(name -> names.add(name.asText()));
            added.put(metric.getKey(), names);
        });
        return added;
    }
}
