package dev.cxotel.bridge.backends;

import dev.cxotel.bridge.simulator.Fact;
import dev.cxotel.semconv.CxoneMetrics;
import dev.cxotel.semconv.MetricDefinition;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * What the panels of the boards on voice quality, calls and script APIs must answer of what was sent, each reckoned from
 * the facts anew; and the questions likewise. The gauges of what is active are left to {@link Volumes}.
 */
final class DataBoards {

    /** The countries of the simulated world as they are written, and their codes (ISO 3166-1). */
    private static final Map<String, String> COUNTRIES = Map.of(
            "United States", "US",
            "England", "GB",
            "United Kingdom", "GB",
            "Philippines", "PH",
            "Deutschland", "DE",
            "India", "IN",
            "México", "MX");

    private static final List<String> BOARDS =
            List.of("CXone voice quality: ", "CXone calls: ", "CXone Studio script APIs: ");

    /** Measurements below which a group is not shown. */
    private static final int LEAST = 20;

    private final List<Fact.Leg> legs;
    private final List<Fact.Call> calls;
    private final List<Fact.Call> failed;
    private final Map<String, Map<String, Double>> answers = new TreeMap<>();

    private DataBoards(Sent sent) {
        this.legs = sent.legs();
        this.calls = sent.timedCalls();
        this.failed =
                calls.stream().filter(call -> call.errorType().isPresent()).toList();
    }

    /** By board, panel and letter, or by question; each an answer per set of labels. */
    static Map<String, Map<String, Double>> answers(Sent sent) {
        DataBoards boards = new DataBoards(sent);
        boards.voice();
        boards.calls();
        boards.scripts();
        boards.questions();
        return boards.answers;
    }

    private void voice() {
        String board = "CXone voice quality: ";
        List<Fact.Leg> measured = legs.stream()
                .filter(leg -> !Grade.of(leg).verdict().equals("unknown"))
                .toList();
        List<Fact.Leg> poor = measured.stream()
                .filter(leg -> Grade.of(leg).verdict().equals("poor"))
                .toList();
        put(board + "Call legs measured: A", legs.size());
        put(
                board + "Share of good legs: A",
                Sent.share(measured, leg -> Grade.of(leg).verdict().equals("good")));
        put(board + "Share of poor legs: A", (double) poor.size() / measured.size());
        answers.put(
                board + "Legs by verdict: A",
                by(
                        legs,
                        "cxone_voice_quality_verdict",
                        leg -> Optional.of(Grade.of(leg).verdict())));
        answers.put(
                board + "Poor and fair legs by reason: A",
                some(legs, "cxone_voice_quality_reason", leg -> Grade.of(leg).reason()));
        answers.put(board + "Skills with most poor legs: A", some(poor, "cxone_skill_name", DataBoards::skill));
        quantiles(board + "MOS percentiles: ", CxoneMetrics.CXONE_VOICE_MOS, Fact.Leg::mos, 0.05, 0.5, 0.95);
        answers.put(
                board + "Legs with a MOS: A",
                some(
                        legs.stream().filter(leg -> leg.mos().isPresent()).toList(),
                        "cxone_data_source",
                        leg -> leg.text("DataSource")));
        answers.put(
                board + "MOS distribution: A",
                Buckets.of(CxoneMetrics.CXONE_VOICE_MOS, values(legs, Fact.Leg::mos))
                        .heat());
        bySource(board + "Jitter: ", CxoneMetrics.CXONE_VOICE_JITTER, Fact.Leg::jitter);
        bySource(board + "Packet loss: ", CxoneMetrics.CXONE_VOICE_PACKET_LOSS, Fact.Leg::loss);
        bySource(board + "Round-trip time: ", CxoneMetrics.CXONE_VOICE_RTT, Fact.Leg::rtt);
        worst(board + "Worst countries: A", "geo_country_iso_code", leg -> leg.text("LocationCountry")
                .map(COUNTRIES::get));
        worst(board + "Worst connection types: A", "cxone_webrtc_connection_type", leg -> leg.text("ConnectionType")
                .map(type -> type.toLowerCase(Locale.ROOT))
                .map(type -> type.equals("relay") ? "turn" : type));
        worst(board + "Worst Internet providers: A", "cxone_network_isp_name", leg -> leg.text("IspProvider"));
        worst(board + "Worst browsers: A", "user_agent_name", leg -> leg.text("Browser"));
    }

    private void calls() {
        String board = "CXone calls: ";
        answers.put(board + "Call legs by direction: A", by(legs, "cxone_call_direction", leg -> leg.text("Direction")
                .map(text -> text.toLowerCase(Locale.ROOT))));
        answers.put(board + "Busiest skills: A", some(legs, "cxone_skill_name", DataBoards::skill));
        quantiles(
                board + "Call duration: ",
                CxoneMetrics.CXONE_VOICE_CALL_DURATION,
                leg -> leg.text("Callduration").map(Double::valueOf),
                0.5,
                0.95);
        quantiles(
                board + "Set-up time of the WebRTC session: ",
                CxoneMetrics.CXONE_VOICE_SETUP_DURATION,
                leg -> leg.text("CallSetupTime").map(text -> Double.parseDouble(text) / 1000),
                0.5,
                0.95);
        answers.put(board + "Legs by line type: A", some(legs, "cxone_call_line_type", leg -> leg.text("LineType")
                .map(text -> text.toLowerCase(Locale.ROOT))));
        answers.put(
                board + "Disconnect reasons: A",
                some(legs, "cxone_call_disconnect_reason", leg -> leg.text("DisconnectReason")));
    }

    private void scripts() {
        String board = "CXone Studio script APIs: ";
        put(board + "API calls: A", calls.size());
        put(board + "Error rate: A", (double) failed.size() / calls.size());
        put(board + "95th percentile of latency: A", latency(calls).quantile(0.95));
        put(board + "Successful and failed calls: A", calls.size() - failed.size());
        put(board + "Successful and failed calls: B", failed.size());
        answers.put(board + "Errors by type: A", some(failed, "error_type", Fact.Call::errorType));
        put(board + "Latency percentiles: A", latency(calls).quantile(0.5));
        put(board + "Latency percentiles: B", latency(calls).quantile(0.95));
        put(board + "Latency percentiles: C", latency(calls).quantile(0.99));
        answers.put(board + "Latency distribution: A", latency(calls).heat());
        answers.put(board + "Slowest endpoints: A", slowest(LEAST));
        answers.put(board + "Most used scripts: A", some(calls, "cxone_script_name", DataBoards::script));
        answers.put(board + "Most used actions: A", some(calls, "cxone_action_name", DataBoards::action));
        answers.put(board + "Scripts with most errors: A", scriptErrors());
    }

    private void questions() {
        put("How many API calls succeeded?", calls.size() - failed.size());
        put("How many API calls failed?", failed.size());
        put("Which share of the API calls failed?", (double) failed.size() / calls.size());
        answers.put("When did errors occur, and in which script?", scriptErrors());
        put("How long do API calls take?", latency(calls).quantile(0.95));
        answers.put("Which servers are slowest?", slowest(0));
        answers.put("Which scripts are most used?", some(calls, "cxone_script_name", DataBoards::script));
        answers.put("Which actions are most used?", some(calls, "cxone_action_name", DataBoards::action));
        answers.put("Which errors are most frequent?", some(failed, "error_type", Fact.Call::errorType));
    }

    private void put(String panel, double answer) {
        answers.put(panel, Map.of("", answer));
    }

    private void quantiles(
            String panel, MetricDefinition metric, Function<Fact.Leg, Optional<Double>> value, double... shares) {
        for (int i = 0; i < shares.length; i++) {
            put(
                    panel + (char) ('A' + i),
                    Buckets.of(metric, values(legs, value)).quantile(shares[i]));
        }
    }

    private void bySource(String panel, MetricDefinition metric, Function<Fact.Leg, Optional<Double>> value) {
        Map<String, Double> median = new TreeMap<>();
        Map<String, Double> high = new TreeMap<>();
        Sent.values(legs, leg -> leg.text("DataSource"), value).forEach((source, values) -> {
            median.put("cxone_data_source=" + source, Buckets.of(metric, values).quantile(0.5));
            high.put("cxone_data_source=" + source, Buckets.of(metric, values).quantile(0.95));
        });
        answers.put(panel + "A", median);
        answers.put(panel + "B", high);
    }

    private void worst(String panel, String label, Function<Fact.Leg, Optional<String>> group) {
        Map<String, Double> means = new TreeMap<>();
        Sent.values(legs, group, Fact.Leg::mos).forEach((name, values) -> {
            if (values.size() >= LEAST) {
                means.put(
                        label + "=" + name,
                        values.stream().mapToDouble(value -> value).average().orElseThrow());
            }
        });
        answers.put(panel, means);
    }

    private Map<String, Double> slowest(int least) {
        Map<String, Double> answer = new TreeMap<>();
        Sent.values(
                        calls,
                        call -> call.text("apiEndpoint")
                                .map(url -> URI.create(url).getHost()),
                        Fact.Call::duration)
                .forEach((host, values) -> {
                    if (values.size() >= least) {
                        answer.put(
                                "server_address=" + host,
                                Buckets.of(CxoneMetrics.CXONE_SCRIPT_API_DURATION, values)
                                        .quantile(0.95));
                    }
                });
        return answer;
    }

    private Map<String, Double> scriptErrors() {
        return Sent.count(
                failed,
                call -> Optional.of("cxone_script_name=" + call.script() + ",error_type="
                        + call.errorType().orElseThrow()));
    }

    private static Buckets latency(List<Fact.Call> calls) {
        return Buckets.of(CxoneMetrics.CXONE_SCRIPT_API_DURATION, values(calls, Fact.Call::duration));
    }

    private static <F> List<Double> values(List<F> facts, Function<F, Optional<Double>> value) {
        return facts.stream().map(value).flatMap(Optional::stream).toList();
    }

    private static Optional<String> skill(Fact.Leg leg) {
        return Optional.of(leg.skill());
    }

    private static Optional<String> script(Fact.Call call) {
        return Optional.of(call.script());
    }

    private static Optional<String> action(Fact.Call call) {
        return Optional.of(call.action());
    }

    /** By a label, those without one apart. */
    private static <F> Map<String, Double> by(List<F> facts, String label, Function<F, Optional<String>> group) {
        return Sent.count(
                facts,
                fact -> Optional.of(
                        group.apply(fact).map(name -> label + "=" + name).orElse("")));
    }

    /** By a label, those without one left out. */
    private static <F> Map<String, Double> some(List<F> facts, String label, Function<F, Optional<String>> group) {
        return Sent.count(facts, fact -> group.apply(fact).map(name -> label + "=" + name));
    }

    /** Whether a panel is of these boards. */
    static boolean has(String panel) {
        return BOARDS.stream().anyMatch(panel::startsWith);
    }

    /** The panels of these boards among all, in the order of their names. */
    static List<Panels.PanelQuery> of(List<Panels.PanelQuery> all) {
        return all.stream().filter(query -> has(query.name())).toList();
    }
}
