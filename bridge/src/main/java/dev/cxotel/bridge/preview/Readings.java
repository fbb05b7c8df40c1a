package dev.cxotel.bridge.preview;

import dev.cxotel.semconv.CxoneAttributes;
import dev.cxotel.semconv.MetricDefinition;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.semconv.ErrorAttributes;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an operator would read off the decoded telemetry at one moment. Everything comes from spans, logs and metric
 * points as they arrived on the socket; nothing is asked of the bridge.
 */
public final class Readings {

    private static final String LEG = "cxone-voice";
    private static final String CALL = "cxone-studio";
    private static final String CONTACT = "cxone-contact";

    private final PreviewStore store;
    private final List<PreviewSpan> legs;
    private final List<PreviewSpan> calls;
    private final List<PreviewSpan> contacts;
    private final List<PreviewLog> logs;

    private Readings(PreviewStore store, List<PreviewSpan> spans, List<PreviewLog> logs) {
        this.store = store;
        this.legs = spans.stream().filter(span -> span.service().equals(LEG)).toList();
        this.calls = spans.stream().filter(span -> span.service().equals(CALL)).toList();
        this.contacts =
                spans.stream().filter(span -> span.service().equals(CONTACT)).toList();
        this.logs = logs;
    }

    public static Readings of(PreviewStore store) {
        return new Readings(store, store.spans(), store.logs());
    }

    /** Spans of call legs. */
    public long legs() {
        return legs.size();
    }

    /** Spans of script API calls. */
    public long calls() {
        return calls.size();
    }

    /** Root spans of contacts. */
    public long contacts() {
        return contacts.size();
    }

    /** Spans of legs and calls that name a parent which is no contact's root, in their trace. */
    public long orphans() {
        Set<String> roots =
                contacts.stream().map(span -> span.traceId() + span.spanId()).collect(Collectors.toSet());
        return Stream.concat(legs.stream(), calls.stream())
                .filter(span -> !span.parentId().isEmpty() && !roots.contains(span.traceId() + span.parentId()))
                .count();
    }

    /** Logs by event name. */
    public Map<String, Long> logs() {
        return count(logs.stream().map(PreviewLog::eventName));
    }

    /** MOS of each leg that has one, from the spans. */
    public Distribution mos() {
        return Distribution.of(legs.stream()
                .flatMap(span -> number(span.attributes(), CxoneAttributes.CXONE_VOICE_MOS).stream())
                .toList());
    }

    /** Seconds of each script API call that lasted, from the spans. */
    public Distribution latency() {
        return Distribution.of(calls.stream()
                .map(Readings::seconds)
                .filter(seconds -> seconds > 0)
                .toList());
    }

    /** All series of a metric together. */
    public Amount total(MetricDefinition metric) {
        return store.metric(metric.name()).values().stream().reduce(Amount.ZERO, Amount::plus);
    }

    /** Values of a metric summed by one of its attributes; series without it stand under an empty text. */
    public Map<String, Double> totalBy(MetricDefinition metric, AttributeKey<String> attribute) {
        Map<String, Double> sums = new TreeMap<>();
        store.metric(metric.name())
                .forEach((attributes, amount) -> sums.merge(
                        String.valueOf(attributes.getOrDefault(attribute.getKey(), "")), amount.sum(), Double::sum));
        return sums;
    }

    /** Legs by skill, from the spans. */
    public Map<String, Long> skills() {
        return count(texts(legs, CxoneAttributes.CXONE_SKILL_NAME));
    }

    public Map<String, Long> verdicts() {
        return count(texts(legs, CxoneAttributes.CXONE_VOICE_QUALITY_VERDICT));
    }

    public Map<String, Long> scripts() {
        return count(texts(calls, CxoneAttributes.CXONE_SCRIPT_NAME));
    }

    public Map<String, Long> actions() {
        return count(texts(calls, CxoneAttributes.CXONE_ACTION_NAME));
    }

    /** API calls by the caption that the script's author gave the action. */
    public Map<String, Long> actionLabels() {
        return count(texts(calls, CxoneAttributes.CXONE_ACTION_LABEL));
    }

    /** Spans with status error, by {@code error.type}. */
    public Map<String, Long> errors() {
        return count(Stream.concat(
                texts(errorsOf(legs), ErrorAttributes.ERROR_TYPE), texts(errorsOf(calls), ErrorAttributes.ERROR_TYPE)));
    }

    /** Failed script API calls by script. */
    public Map<String, Long> failingScripts() {
        return count(texts(errorsOf(calls), CxoneAttributes.CXONE_SCRIPT_NAME));
    }

    /** What the APIs said about failures, as it left the bridge. */
    public Map<String, Long> errorMessages() {
        return count(texts(errorsOf(calls), CxoneAttributes.CXONE_API_RESPONSE_MESSAGE));
    }

    private static List<PreviewSpan> errorsOf(Collection<PreviewSpan> spans) {
        return spans.stream().filter(PreviewSpan::error).toList();
    }

    private static Stream<String> texts(Collection<PreviewSpan> spans, AttributeKey<String> attribute) {
        return spans.stream().map(span -> String.valueOf(span.attributes().getOrDefault(attribute.getKey(), "")));
    }

    private static Map<String, Long> count(Stream<String> words) {
        Map<String, Long> counts = new TreeMap<>();
        words.filter(Predicate.not(String::isEmpty)).forEach(word -> counts.merge(word, 1L, Long::sum));
        Map<String, Long> ranked = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> ranked.put(entry.getKey(), entry.getValue()));
        return ranked;
    }

    private static Optional<Double> number(Map<String, Object> attributes, AttributeKey<Double> name) {
        return attributes.get(name.getKey()) instanceof Number number
                ? Optional.of(number.doubleValue())
                : Optional.empty();
    }

    private static double seconds(PreviewSpan span) {
        return Duration.between(span.start(), span.end()).toNanos() / 1e9;
    }
}
