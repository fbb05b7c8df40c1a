package dev.cxotel.otelconfig.generator;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.cxotel.otelconfig.generator.Board.Kind;
import dev.cxotel.otelconfig.generator.Query.Aggregation;
import dev.cxotel.semconv.MetricDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Reads the model; every name of a metric or attribute must stand in the registry. */
final class ModelReader {

    private static final Set<Aggregation> OF_GAUGES =
            EnumSet.of(Aggregation.LAST, Aggregation.MAX, Aggregation.MIN, Aggregation.GROWTH);
    private static final Set<Aggregation> OF_COUNTERS =
            EnumSet.of(Aggregation.COUNT, Aggregation.RATE, Aggregation.SHARE);

    private final YAMLMapper yaml = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();
    private final Vocabulary vocabulary = new Vocabulary();
    private final List<String> problems = new ArrayList<>();
    private String place = "";

    List<Board> boards(Path file) throws IOException, InvalidModelException {
        List<Board> boards = new ArrayList<>();
        for (JsonNode board : yaml.readTree(file.toFile()).path("boards")) {
            List<Board.Row> rows = new ArrayList<>();
            for (JsonNode row : board.path("rows")) {
                List<Board.Panel> panels = new ArrayList<>();
                for (JsonNode panel : row.path("panels")) {
                    place = file.getFileName() + ": " + text(board, "id") + ": "
                            + panel.path("title").asText();
                    panels.add(panel(panel));
                }
                rows.add(new Board.Row(text(row, "title"), panels));
            }
            boards.add(new Board(text(board, "id"), text(board, "title"), text(board, "description"), rows));
        }
        complain();
        return boards;
    }

    List<Alert> alerts(Path file) throws IOException, InvalidModelException {
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode alert : yaml.readTree(file.toFile()).path("alerts")) {
            place = file.getFileName() + ": " + alert.path("id").asText();
            List<Alert.Condition> conditions = new ArrayList<>();
            for (JsonNode condition : alert.path("conditions")) {
                query(condition.path("query"))
                        .ifPresent(query -> conditions.add(new Alert.Condition(
                                query,
                                text(condition, "is"),
                                condition.path("threshold").asDouble())));
            }
            alerts.add(new Alert(
                    text(alert, "id"),
                    text(alert, "title"),
                    text(alert, "severity"),
                    text(alert, "window"),
                    text(alert, "lasting"),
                    conditions,
                    text(alert, "description")));
        }
        complain();
        return alerts;
    }

    List<Question> questions(Path file) throws IOException, InvalidModelException {
        List<Question> questions = new ArrayList<>();
        for (JsonNode question : yaml.readTree(file.toFile()).path("questions")) {
            place = file.getFileName() + ": " + question.path("title").asText();
            Optional<Query> query = question.has("query") ? query(question.path("query")) : Optional.empty();
            Optional<String> events =
                    Optional.of(question.path("events").asText()).filter(name -> !name.isEmpty());
            if (query.isPresent() == events.isPresent()) {
                problem("is answered by a query or by events");
            }
            questions.add(new Question(
                    text(question, "title"),
                    text(question, "quote"),
                    question.path("note").asText(),
                    query,
                    events));
        }
        complain();
        return questions;
    }

    private void complain() throws InvalidModelException {
        if (!problems.isEmpty()) {
            throw new InvalidModelException(problems);
        }
    }

    private Board.Panel panel(JsonNode panel) {
        List<Query> queries = new ArrayList<>();
        panel.path("queries").forEach(query -> query(query).ifPresent(queries::add));
        Kind kind = word(Kind.values(), text(panel, "kind")).orElse(Kind.TIMESERIES);
        if (queries.isEmpty() != (kind == Kind.LOGS)) {
            problem("has queries, or is of kind logs");
        }
        return new Board.Panel(
                text(panel, "title"),
                text(panel, "help"),
                kind,
                kind == Kind.LOGS ? "" : text(panel, "unit"),
                queries,
                Optional.of(panel.path("events").asText()).filter(name -> !name.isEmpty()));
    }

    private Optional<Query> query(JsonNode query) {
        String name = text(query, "metric");
        Optional<MetricDefinition> metric = vocabulary.metric(name);
        Optional<Aggregation> aggregation = word(Aggregation.values(), text(query, "aggregation"));
        if (metric.isEmpty()) {
            problem("the registry has no metric " + name);
        }
        if (metric.isEmpty() || aggregation.isEmpty()) {
            return Optional.empty();
        }
        boolean fits =
                switch (metric.get().instrument()) {
                    case GAUGE, UPDOWNCOUNTER -> OF_GAUGES.contains(aggregation.get());
                    case COUNTER -> OF_COUNTERS.contains(aggregation.get());
                    case HISTOGRAM -> !OF_GAUGES.contains(aggregation.get());
                };
        if (!fits) {
            problem(aggregation.get() + " cannot be asked of the "
                    + metric.get().instrument() + " " + name);
        }
        List<String> by = new ArrayList<>();
        query.path("by").forEach(attribute -> by.add(known(metric.get(), attribute.asText())));
        List<Query.Filter> where = new ArrayList<>();
        query.path("where").forEach(filter -> where.add(filter(metric.get(), filter)));
        Optional<Query.Filter> part =
                query.has("part") ? Optional.of(filter(metric.get(), query.path("part"))) : Optional.empty();
        if (part.isPresent() != (aggregation.get() == Aggregation.SHARE)) {
            problem("a share, and nothing else, has a part");
        }
        return Optional.of(new Query(
                query.path("label").asText(),
                metric.get(),
                aggregation.get(),
                by,
                query.path("top").asInt(),
                query.path("worst_is_low").asBoolean(),
                where,
                part,
                query.path("at_least").asInt()));
    }

    private Query.Filter filter(MetricDefinition metric, JsonNode filter) {
        List<String> values = new ArrayList<>();
        filter.path("values").forEach(value -> values.add(value.asText()));
        return new Query.Filter(
                known(metric, text(filter, "attribute")),
                values,
                filter.path("not").asBoolean());
    }

    private String known(MetricDefinition metric, String attribute) {
        if (!Vocabulary.carries(metric, attribute)) {
            problem(metric.name() + " never carries " + attribute);
        }
        return attribute;
    }

    private <E extends Enum<E>> Optional<E> word(E[] values, String word) {
        for (E value : values) {
            if (value.name().toLowerCase(Locale.ROOT).equals(word)) {
                return Optional.of(value);
            }
        }
        problem("unknown word " + word);
        return Optional.empty();
    }

    private String text(JsonNode node, String key) {
        String text = node.path(key).asText();
        if (text.isEmpty()) {
            problem(key + " is missing");
        }
        return text;
    }

    private void problem(String problem) {
        problems.add(place + ": " + problem);
    }
}
