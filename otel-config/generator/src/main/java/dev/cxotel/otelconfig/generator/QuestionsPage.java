package dev.cxotel.otelconfig.generator;

import java.util.List;

/** The questions and how each backend is asked, as Markdown. */
final class QuestionsPage {

    private static final String HEAD = """
            # What one asks

            Generated from `questions.yaml`; do not edit. The questions are those that NICE's page on Monitoring Gateway
            Subscriptions promises to answer. The PromQL and Loki ones are run by tests against a real Prometheus and a real
            Loki whose data are known; the others are written from the vendors' documentation and were not run. In PromQL,
            take `15m` for whatever range you look at.
            """;

    private QuestionsPage() {}

    static String of(List<Question> questions) {
        StringBuilder page = new StringBuilder(HEAD);
        for (Question question : questions) {
            page.append("\n## ")
                    .append(question.title())
                    .append("\n\n> ")
                    .append(question.quote())
                    .append("\n\n");
            if (!question.note().isEmpty()) {
                page.append(question.note()).append("\n\n");
            }
            question.query().ifPresent(query -> {
                block(page, "PromQL", "promql", new PromQl(List.of(), "15m").of(query));
                block(page, "Datadog", "", DatadogQueries.of(query, List.of()).expression());
                block(page, "New Relic", "sql", Nrql.of(query, false));
                block(page, "Honeycomb", "", HoneycombWords.of(query));
            });
            question.events().ifPresent(event -> {
                block(page, "Loki", "logql", LogQl.of(event));
                block(page, "Datadog, Logs", "", "@event.name:" + event);
                block(page, "New Relic", "sql", Nrql.logs(event));
                block(
                        page,
                        "Honeycomb",
                        "",
                        "dataset cxone-studio\nWHERE event.name = " + event + "\nGROUP BY cxone.api.response.message");
            });
        }
        return page.toString();
    }

    private static void block(StringBuilder page, String backend, String language, String text) {
        page.append(backend)
                .append(":\n\n```")
                .append(language)
                .append('\n')
                .append(text)
                .append("\n```\n\n");
    }
}
