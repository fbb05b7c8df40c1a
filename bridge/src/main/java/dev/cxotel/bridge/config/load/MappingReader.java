package dev.cxotel.bridge.config.load;

import dev.cxotel.bridge.config.MappingConfig;
import dev.cxotel.bridge.config.MappingConfig.Calls;
import dev.cxotel.bridge.config.MappingConfig.DateTimeIs;
import dev.cxotel.bridge.config.MappingConfig.Late;
import dev.cxotel.bridge.config.MappingConfig.ResponseTimeUnit;
import dev.cxotel.bridge.config.MappingConfig.ServiceNames;
import dev.cxotel.bridge.config.MappingConfig.Thresholds;
import dev.cxotel.bridge.config.MappingConfig.Trace;
import dev.cxotel.bridge.config.MappingConfig.UnknownFields;
import dev.cxotel.bridge.config.yaml.Section;
import dev.cxotel.bridge.config.yaml.Suggestion;
import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.MetricDefinition;
import dev.cxotel.semconv.StandardMetrics;
import io.opentelemetry.api.common.AttributeKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The section {@code mapping}. */
final class MappingReader {

    static final Map<String, ResponseTimeUnit> RESPONSE_TIME_UNITS =
            Map.of("s", ResponseTimeUnit.SECONDS, "ms", ResponseTimeUnit.MILLISECONDS, "auto", ResponseTimeUnit.AUTO);

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}?|}");
    private static final List<String> PLACEHOLDERS = MappingConfig.SPAN_NAME_PLACEHOLDERS;
    private static final Set<String> COUNTLESS = Set.of(
            "contact_id",
            "master_contact_id",
            "contact_master_id",
            "message_id",
            "url",
            "url_full",
            "trace_id",
            "date_time",
            "response_time",
            "response_message",
            "api_response_message");

    /** What the schema lets through; the rest it has told of already. */
    private static final Pattern STATUS = Pattern.compile("4\\d\\d");

    private static final Duration LONGEST_CONTACT = Duration.ofDays(30);

    private MappingReader() {}

    static MappingConfig read(Section mapping) {
        MappingConfig absent = MappingConfig.DEFAULT;
        Metrics metrics = metrics(mapping.section("metrics"));
        refuseCountlessNames(mapping);
        return new MappingConfig(
                serviceNames(mapping.section("service_names")),
                ReceiverReader.zone(mapping, "time_zone").orElse(absent.timeZone()),
                mapping.choice("response_time_unit", RESPONSE_TIME_UNITS, absent.responseTimeUnit()),
                mapping.choice("date_time_is", Words.of(DateTimeIs.values()), absent.dateTimeIs()),
                dataSources(mapping.section("data_sources")),
                mapping.section("business_units").texts(),
                PrivacyReader.read(mapping.section("privacy")),
                mapping.choice("unknown_fields", Words.of(UnknownFields.values()), absent.unknownFields()),
                metrics.added(),
                metrics.disabled(),
                mapping.flag("export_suspect", absent.exportSuspect()),
                trace(mapping.section("trace")),
                late(mapping.section("late")),
                ReceiverReader.positive(mapping.section("volumes"), "window", absent.volumesWindow()),
                mapping.integer("cardinality_limit", absent.cardinalityLimit()),
                thresholds(mapping.section("thresholds")),
                mapping.text("span_name").orElse(absent.spanName()),
                new Calls(
                        okStatus(mapping),
                        lowerCase(mapping.section("error_types").texts()),
                        lowerCase(mapping.section("peers").texts())));
    }

    private static ServiceNames serviceNames(Section names) {
        ServiceNames absent = ServiceNames.DEFAULT;
        return new ServiceNames(
                names.text("voice").orElse(absent.voice()),
                names.text("studio").orElse(absent.studio()),
                names.text("contact").orElse(absent.contact()));
    }

    private static Set<Integer> okStatus(Section mapping) {
        Set<Integer> statuses = new HashSet<>();
        mapping.list("ok_status").stream()
                .filter(status -> STATUS.matcher(status).matches())
                .map(Integer::valueOf)
                .forEach(statuses::add);
        return statuses;
    }

    private static Map<String, String> lowerCase(Map<String, String> map) {
        Map<String, String> lower = new LinkedHashMap<>();
        map.forEach((key, value) -> lower.put(key.strip().toLowerCase(Locale.ROOT), value));
        return lower;
    }

    private static Trace trace(Section trace) {
        Duration idle = ReceiverReader.positive(trace, "idle_timeout", Trace.DEFAULT.idleTimeout());
        Duration most = ReceiverReader.positive(trace, "max_duration", Trace.DEFAULT.maxDuration());
        if (most.compareTo(idle) < 0) {
            trace.problem("max_duration", "must not be shorter than idle_timeout");
        } else if (most.compareTo(LONGEST_CONTACT) > 0) {
            trace.problem("max_duration", "must not be longer than 30 days");
        }
        return new Trace(trace.flag("root_span", Trace.DEFAULT.rootSpan()), idle, most);
    }

    private static Map<String, Map<String, String>> dataSources(Section sources) {
        Map<String, Map<String, String>> units = new LinkedHashMap<>();
        for (String source : sources.keys()) {
            units.put(source, Map.copyOf(sources.section(source).texts()));
        }
        return units;
    }

    private static Late late(Section late) {
        return new Late(
                late.choice("metrics", Map.of("include", true, "exclude", false), Late.DEFAULT.measured()),
                ReceiverReader.positive(late, "late_after", Late.DEFAULT.lateAfter()));
    }

    private static Metrics metrics(Section metrics) {
        Map<String, List<String>> added = new LinkedHashMap<>();
        Set<String> disabled = new HashSet<>(MappingConfig.DEFAULT.disabledMetrics());
        Map<String, MetricDefinition> registry = new LinkedHashMap<>();
        CxoneMetrics.ALL.forEach(metric -> registry.put(metric.name(), metric));
        StandardMetrics.ALL.forEach(metric -> registry.put(metric.name(), metric));
        for (String name : metrics.keys()) {
            MetricDefinition metric = registry.get(name);
            if (metric == null) {
                metrics.keyProblem(name, "no such metric" + Suggestion.hint(name, registry.keySet()));
                continue;
            }
            Section change = metrics.section(name);
            if (change.flag("enabled", !disabled.contains(name))) {
                disabled.remove(name);
            } else {
                disabled.add(name);
            }
            List<String> attributes = change.list("add");
            checkAttributes(metric, change, attributes);
            if (!attributes.isEmpty()) {
                added.put(name, attributes);
            }
        }
        return new Metrics(added, disabled);
    }

    private static void checkAttributes(MetricDefinition metric, Section change, List<String> attributes) {
        List<String> always =
                metric.attributes().stream().map(AttributeKey::getKey).toList();
        List<String> optional =
                metric.optionalAttributes().stream().map(AttributeKey::getKey).toList();
        for (int i = 0; i < attributes.size(); i++) {
            String attribute = attributes.get(i);
            if (always.contains(attribute)) {
                change.problem("add", i, "the metric bears this attribute already");
            } else if (!optional.contains(attribute)) {
                change.problem(
                        "add",
                        i,
                        "\"" + attribute + "\" cannot be added to this metric" + Suggestion.hint(attribute, optional));
            }
        }
    }

    private static Thresholds thresholds(Section all) {
        Thresholds absent = Thresholds.DEFAULT;
        Bounds mos = bounds(all.section("mos"), absent.mosFair(), absent.mosPoor(), true);
        Bounds jitter = times(all.section("jitter"), absent.jitterFair(), absent.jitterPoor());
        Bounds loss = bounds(all.section("packet_loss"), absent.lossFair(), absent.lossPoor(), false);
        Bounds rtt = times(all.section("rtt"), absent.rttFair(), absent.rttPoor());
        Bounds rFactor = bounds(all.section("r_factor"), absent.rFactorFair(), absent.rFactorPoor(), true);
        return new Thresholds(
                mos.fair,
                mos.poor,
                jitter.fair,
                jitter.poor,
                loss.fair,
                loss.poor,
                rtt.fair,
                rtt.poor,
                rFactor.fair,
                rFactor.poor,
                all.duration("short_call", absent.shortCall()));
    }

    private static Bounds bounds(Section section, double fair, double poor, boolean lowIsWorse) {
        return ordered(section, section.decimal("fair", fair), section.decimal("poor", poor), lowIsWorse);
    }

    private static Bounds times(Section section, double fair, double poor) {
        return ordered(section, seconds(section, "fair", fair), seconds(section, "poor", poor), false);
    }

    private static Bounds ordered(Section section, double fair, double poor, boolean lowIsWorse) {
        if (lowIsWorse ? poor > fair : poor < fair) {
            section.problem("poor", "must be worse than fair, which is " + fair + ", or the same");
        }
        return new Bounds(fair, poor);
    }

    private static double seconds(Section section, String key, double absent) {
        Duration millis = section.duration(key, Duration.ofMillis(Math.round(absent * 1000)));
        return millis.toMillis() / 1000.0;
    }

    private static void refuseCountlessNames(Section mapping) {
        String template = mapping.text("span_name").orElse("");
        Matcher placeholder = PLACEHOLDER.matcher(template);
        while (placeholder.find()) {
            String name = placeholder.group(1);
            if (name == null || !placeholder.group().endsWith("}")) {
                mapping.problem("span_name", "a brace stands alone; placeholders are written {action_name}");
            } else if (COUNTLESS.contains(name)) {
                mapping.problem(
                        "span_name",
                        "{" + name + "} gives every call a name of its own; it is an attribute of the span; possible: {"
                                + String.join("} {", PLACEHOLDERS) + "}");
            } else if (!PLACEHOLDERS.contains(name)) {
                mapping.problem("span_name", "{" + name + "} is no placeholder" + Suggestion.hint(name, PLACEHOLDERS));
            }
        }
    }

    private record Metrics(Map<String, List<String>> added, Set<String> disabled) {}

    private record Bounds(double fair, double poor) {}
}
