package dev.cxotel.bridge.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.console.AdminAnswer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/** {@code cxotel replay} beside a bridge that answers as it is told. */
class ReplayCommandTest {

    private static final String BEGUN = """
            {"running":%s,"replays":[{"id":7,"destination":"sink","signal":"traces","total":30,"offered":%d,"waiting":%d,"complete":%s}]}""";

    private final Deque<String> answers = new ArrayDeque<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Duration> slept = new ArrayList<>();
    private final StringWriter out = new StringWriter();

    private int execute(String... more) {
        Seams seams = new Seams(
                Map.of(),
                config -> () -> {},
                config -> {
                    throw new IllegalStateException();
                },
                (config, method, call) -> {
                    asked.add(method + " " + call.replaceFirst("\\?.*", ""));
                    return new AdminAnswer.Ok(answers.remove());
                },
                logging -> {},
                stop -> {});
        List<String> arguments = new ArrayList<>(
                List.of("--from=2026-01-01T00:00:00Z", "--to=2026-01-02T00:00:00Z", "--destination=sink"));
        arguments.addAll(List.of(more));
        return new CommandLine(new ReplayCommand(seams, (duration, woken) -> !slept.add(duration)))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(arguments.toArray(String[]::new));
    }

    @Test
    void replay_besideABridge_looksTwiceASecondUntilItHasEnded() {
        answers.add(BEGUN.formatted(true, 0, 0, false));
        answers.add(BEGUN.formatted(true, 10, 10, false));
        answers.add(BEGUN.formatted(true, 30, 5, true));
        answers.add(BEGUN.formatted(true, 30, 0, true));
        assertThat(execute()).isZero();
        assertThat(asked).containsExactly("POST replay", "GET replay", "GET replay", "GET replay");
        assertThat(slept).containsExactly(Duration.ofMillis(500), Duration.ofMillis(500));
        assertThat(out.toString()).contains("replay 7: sink/traces, 30 events");
    }

    @Test
    void replay_noWaitOrJsonOrNoBridge_looksOnce() {
        answers.add(BEGUN.formatted(true, 0, 0, false));
        answers.add(BEGUN.formatted(true, 0, 0, false));
        answers.add(BEGUN.formatted(false, 0, 0, false));
        assertThat(execute("--no-wait")).isZero();
        assertThat(execute("--json")).isZero();
        assertThat(execute()).isZero();
        assertThat(asked).hasSize(3);
        assertThat(slept).isEmpty();
        assertThat(out.toString()).contains("\"id\" : 7").contains("the next 'cxotel run' sends them");
    }
}
