package dev.cxotel.otelconfig.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.otelconfig.generator.Query.Aggregation;
import dev.cxotel.otelconfig.generator.Query.Filter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** One question of each shape in every language, written by hand from the vendors' documentation. */
class LanguagesTest {

    private static final Filter ERROR = new Filter("error.type", List.of(), false);
    private static final PromQl PROMQL = new PromQl(List.of(), "15m");

    @Test
    void percentile_bySkill_isAskedInEveryLanguage() {
        Query query = ask("cxone.voice.mos", Aggregation.P05, List.of("cxone.data_source"), 0);
        assertThat(PROMQL.of(query))
                .isEqualTo("histogram_quantile(0.05, sum by (le, cxone_data_source)"
                        + " (increase(cxone_voice_mos_bucket[15m])))");
        assertThat(DatadogQueries.of(query, List.of("$business_unit")).expression())
                .isEqualTo("p5:cxone.voice.mos{$business_unit} by {cxone.data_source}");
        assertThat(Nrql.of(query, true))
                .isEqualTo("SELECT percentile(`cxone.voice.mos`, 5) FROM Metric FACET `cxone.data_source` TIMESERIES");
        assertThat(HoneycombWords.of(query)).isEqualTo("""
                dataset cxone-voice
                VISUALIZE P05(cxone.voice.mos)
                WHERE meta.signal_type = trace
                GROUP BY cxone.data_source""");
    }

    @Test
    void topOfCounts_withoutErrors_isAskedInEveryLanguage() {
        Query query = new Query(
                "",
                metric("cxone.script.api.duration"),
                Aggregation.COUNT,
                List.of("cxone.script.name"),
                10,
                false,
                List.of(new Filter("error.type", List.of(), true)),
                Optional.empty(),
                0);
        assertThat(PROMQL.of(query))
                .isEqualTo("topk(10, sum by (cxone_script_name)"
                        + " (increase(cxone_script_api_duration_seconds_count{error_type=\"\"}[15m])))");
        assertThat(DatadogQueries.of(query, List.of()).expression())
                .isEqualTo("count:cxone.script.api.duration{NOT error.type:*} by {cxone.script.name}.as_count()");
        assertThat(Nrql.of(query, false))
                .isEqualTo("SELECT count(`cxone.script.api.duration`) FROM Metric WHERE `error.type` IS NULL"
                        + " FACET `cxone.script.name` LIMIT 10");
    }

    @Test
    void share_ofErrors_countsGroupsWithoutAnyAsZero() {
        Query query = new Query(
                "",
                metric("cxone.script.api.duration"),
                Aggregation.SHARE,
                List.of("server.address"),
                0,
                false,
                List.of(),
                Optional.of(ERROR),
                0);
        String all = "sum by (server_address) (increase(cxone_script_api_duration_seconds_count[15m]))";
        assertThat(PROMQL.of(query))
                .isEqualTo("(sum by (server_address)"
                        + " (increase(cxone_script_api_duration_seconds_count{error_type!=\"\"}[15m])) or 0 * " + all
                        + ") / " + all);
        assertThat(Nrql.of(query, false))
                .isEqualTo("SELECT filter(count(`cxone.script.api.duration`), WHERE `error.type` IS NOT NULL)"
                        + " / count(`cxone.script.api.duration`) FROM Metric FACET `server.address`");
    }

    @Test
    void mean_ofFewMeasurements_isLeftOut() {
        Query query = new Query(
                "",
                metric("cxone.voice.mos"),
                Aggregation.MEAN,
                List.of("geo.country.iso_code"),
                3,
                true,
                List.of(),
                Optional.empty(),
                20);
        String by = "sum by (geo_country_iso_code) (increase(cxone_voice_mos_";
        assertThat(PROMQL.of(query))
                .isEqualTo(
                        "bottomk(3, (" + by + "sum[15m])) / " + by + "count[15m]))) and " + by + "count[15m])) >= 20)");
    }

    @Test
    void gauge_isTakenAsItStands() {
        Query query = ask("cxone.contact.active", Aggregation.LAST, List.of(), 0);
        assertThat(PROMQL.of(query)).isEqualTo("sum (cxone_contact_active)");
        assertThat(DatadogQueries.of(query, List.of()).expression()).isEqualTo("sum:cxone.contact.active{*}");
    }

    @Test
    void growth_ofAGauge_isAskedInEveryLanguage() {
        Query query = ask("cxotel.journal.lost", Aggregation.GROWTH, List.of(), 0);
        assertThat(new PromQl(List.of(), "1h").of(query))
                .isEqualTo("max (cxotel_journal_lost - min_over_time(cxotel_journal_lost[1h]))");
        Alert alert = new Alert("lost", "t", "critical", "1h", "0s", List.of(new Alert.Condition(query, ">", 0)), "d");
        assertThat(DatadogMonitors.of(List.of(alert))
                        .at("/resource/datadog_monitor/cxotel_lost/query")
                        .asText())
                .isEqualTo("change(max(last_5m),last_1h):max:cxotel.journal.lost{*} > 0");
        assertThat(Nrql.of(query, false))
                .isEqualTo("SELECT max(`cxotel.journal.lost`) - min(`cxotel.journal.lost`) FROM Metric");
        assertThat(HoneycombWords.of(query)).isEqualTo("""
                dataset cxotel
                VISUALIZE RATE_MAX(cxotel.journal.lost)""");
    }

    /** Without an order Honeycomb keeps the highest, which are the best where low is bad. */
    @Test
    void worst_whereLowIsBad_isOrderedUpwards() {
        Query query = new Query(
                "",
                metric("cxone.voice.mos"),
                Aggregation.MEAN,
                List.of("geo.country.iso_code"),
                3,
                true,
                List.of(),
                Optional.empty(),
                0);
        Board.Panel panel = new Board.Panel("Worst", "", Board.Kind.TABLE, "score", List.of(query), Optional.empty());
        Board board = new Board("b", "B", "", List.of(new Board.Row("r", List.of(panel))));
        assertThat(Nrql.of(query, false))
                .as("NRQL can only choose the largest: all, sorted by the table")
                .isEqualTo("SELECT average(`cxone.voice.mos`), count(`cxone.voice.mos`) AS 'measurements' FROM Metric"
                        + " FACET `geo.country.iso_code` LIMIT MAX");
        assertThat(Honeycomb.of(List.of(board), List.of())
                        .at("/data/honeycombio_query_specification/cxotel_b_1a/order")
                        .toString())
                .isEqualTo("[{\"op\":\"AVG\",\"column\":\"cxone.voice.mos\",\"order\":\"ascending\"}]");
    }

    private static Query ask(String metric, Aggregation aggregation, List<String> by, int top) {
        return new Query("", metric(metric), aggregation, by, top, false, List.of(), Optional.empty(), 0);
    }

    private static dev.cxotel.semconv.MetricDefinition metric(String name) {
        return new Vocabulary().metric(name).orElseThrow();
    }
}
