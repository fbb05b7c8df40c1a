package dev.cxotel.bridge.cli.send;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.cli.terminal.Progress;
import dev.cxotel.bridge.cli.terminal.Table;
import dev.cxotel.bridge.cli.terminal.VersionCommand;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.simulator.Answers;
import dev.cxotel.bridge.simulator.ContactCentre;
import dev.cxotel.bridge.simulator.Load;
import dev.cxotel.bridge.simulator.Rate;
import dev.cxotel.bridge.simulator.Webhook;
import dev.cxotel.bridge.simulator.WebhookClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import me.tongfei.progressbar.ProgressBar;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code cxotel send}: posts real-looking webhooks to a URL and says how they were answered. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        versionProvider = VersionCommand.class,
        description = "Posts real-looking webhooks, or the bodies of files, and counts how they were answered.",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:everything was answered 2xx", "1:something was not", "2:usage"})
public final class SendCommand implements Callable<Integer> {

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--url",
            required = true,
            paramLabel = "URL",
            description = "Where to. Without a path, each type goes to its default path.")
    private @Nullable URI url;

    @Option(
            names = "--type",
            split = ",",
            paramLabel = "TYPE",
            description = "voice_quality, script_api or both (default: both).")
    private List<String> types = List.of();

    @Option(names = "--file", paramLabel = "FILE", description = "Posts this body instead; may be repeated.")
    private List<Path> files = List.of();

    @Option(names = "--count", paramLabel = "N", description = "How many (default: 100, or each file once).")
    private @Nullable Long count;

    @Option(names = "--rate", paramLabel = "R", description = "How many a second (default: as fast as it goes).")
    private @Nullable Double rate;

    @Option(
            names = "--diurnal",
            description =
                    "The rate is that of the busiest hour; others follow a day of a contact centre, by local time.")
    private boolean diurnal;

    @Option(
            names = "--concurrency",
            defaultValue = "8",
            paramLabel = "N",
            description = "Requests at once (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(names = "--header", paramLabel = "NAME: VALUE", description = "Added to each request; may be repeated.")
    private List<String> headers = List.of();

    @Option(
            names = "--timeout",
            defaultValue = "10",
            paramLabel = "SECONDS",
            description = "Of one request (default: ${DEFAULT-VALUE}).")
    private int timeout;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Of the simulated contact centre (default: by the clock).")
    private @Nullable Long seed;

    @ArgGroup(validate = false, heading = "TLS:%n")
    private ClientTls tls = new ClientTls();

    @ArgGroup(validate = false, heading = "Signature:%n")
    private SignatureOptions signing = new SignatureOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress bar.")
    private boolean quiet;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<EventType> wanted = types();
        URI target = target();
        Answers answers = new Answers();
        List<Webhook> bodies = bodies(wanted);
        long total = count == null ? (bodies.isEmpty() ? 100 : bodies.size()) : count;
        if (total < 1 || concurrency < 1 || timeout < 1 || (rate != null && !(rate > 0))) {
            throw usage("--count, --rate, --concurrency and --timeout are more than 0");
        }
        if (diurnal && rate == null) {
            throw usage("--diurnal wants the --rate of the busiest hour");
        }
        Supplier<Webhook> source = bodies.isEmpty() ? simulated(wanted) : inTurn(bodies);
        long start = System.nanoTime();
        try (WebhookClient client = new WebhookClient(
                        urls(target), signature(), Duration.ofSeconds(timeout), tls.context(spec(), target));
                ProgressBar bar = quiet ? null : Progress.bar("send", total)) {
            post(client, total, source, (webhook, answer) -> {
                answers.ended(webhook, answer);
                if (bar != null) {
                    bar.step();
                }
            });
        }
        print(answers, Duration.ofNanos(System.nanoTime() - start));
        return answers.refused() == 0 ? 0 : 1;
    }

    private void post(WebhookClient client, long total, Supplier<Webhook> source, Load.Listener listener)
            throws InterruptedException {
        AtomicLong left = new AtomicLong(total);
        new Load(client, pace(), concurrency, false, InstantSource.system())
                .run(
                        () -> left.getAndDecrement() > 0 ? Optional.of(source.get()) : Optional.empty(),
                        listener,
                        () -> false);
    }

    private Rate pace() {
        if (rate == null) {
            return Rate.fixed(Double.POSITIVE_INFINITY);
        }
        return diurnal ? Rate.diurnal(rate, ZoneId.systemDefault()) : Rate.fixed(rate);
    }

    private void print(Answers answers, Duration took) {
        PrintWriter out = spec().commandLine().getOut();
        double seconds = took.toNanos() / 1e9;
        out.printf("posted %,d in %.1f s (%,.1f a second)%n", answers.total(), seconds, answers.total() / seconds);
        out.print(new Table().rows(answers.counts()).toText(2));
        Table latency = new Table();
        for (double share : new double[] {0.5, 0.9, 0.99, 1}) {
            answers.percentile(share)
                    .ifPresent(value ->
                            latency.row(share == 1 ? "max" : "p" + Math.round(share * 100), value * 1000, "ms"));
        }
        out.print(latency.toText(2));
        if (answers.refused() > 0) {
            out.printf("%,d were not answered 2xx%n", answers.refused());
        }
        out.flush();
    }

    private Supplier<Webhook> simulated(List<EventType> wanted) {
        InstantSource clock = InstantSource.system();
        ContactCentre centre =
                new ContactCentre(seed == null ? System.nanoTime() : seed, clock, ContactCentre.Habits.USUAL);
        return wanted.size() > 1 ? centre::next : () -> centre.next(wanted.getFirst());
    }

    private static Supplier<Webhook> inTurn(List<Webhook> bodies) {
        AtomicLong next = new AtomicLong();
        return () -> bodies.get((int) (next.getAndIncrement() % bodies.size()));
    }

    private List<Webhook> bodies(List<EventType> wanted) throws IOException {
        List<Webhook> bodies = new ArrayList<>();
        for (Path file : files) {
            if (!Files.isReadable(file)) {
                throw usage("cannot read " + file);
            }
            String body = Files.readString(file);
            EventType looks = body.contains("SCRIPT_API") ? EventType.SCRIPT_API : EventType.VOICE_QUALITY;
            EventType type = wanted.size() == 1 ? wanted.getFirst() : looks;
            bodies.add(new Webhook(bodies.size(), type, body, List.of(), false));
        }
        return List.copyOf(bodies);
    }

    private WebhookClient.Signature signature() {
        List<HeaderField> pairs = headers.stream().map(this::header).toList();
        WebhookClient.Signature signature =
                signing.signature(pairs, this::usage).orElse(WebhookClient.Signature.NONE);
        return (request, target, body) -> {
            pairs.forEach(pair -> request.header(pair.name(), pair.value()));
            signature.sign(request, target, body);
        };
    }

    private HeaderField header(String text) {
        int colon = text.indexOf(':');
        if (colon < 1) {
            throw usage("--header wants NAME: VALUE");
        }
        HeaderField pair = new HeaderField(
                text.substring(0, colon).strip(), text.substring(colon + 1).strip());
        try {
            HttpRequest.newBuilder().header(pair.name(), pair.value());
        } catch (IllegalArgumentException e) {
            throw usage("--header: " + e.getMessage());
        }
        return pair;
    }

    private List<EventType> types() {
        if (types.isEmpty() || types.equals(List.of("both"))) {
            return List.of(EventType.VOICE_QUALITY, EventType.SCRIPT_API);
        }
        return types.stream().distinct().map(this::type).toList();
    }

    private EventType type(String name) {
        return EventType.fromConfigName(name)
                .filter(type -> type == EventType.VOICE_QUALITY || type == EventType.SCRIPT_API)
                .orElseThrow(() -> usage("--type is voice_quality, script_api or both, not " + name));
    }

    private URI target() {
        if (url == null
                || url.getHost() == null
                || !String.valueOf(url.getScheme()).startsWith("http")) {
            throw usage("--url wants http://host or https://host, with or without a path");
        }
        return url;
    }

    private static Map<EventType, URI> urls(URI target) {
        Map<EventType, URI> urls = new EnumMap<>(EventType.class);
        boolean exact = target.getPath() != null && target.getPath().length() > 1;
        urls.put(EventType.VOICE_QUALITY, exact ? target : target.resolve("/v1/voice-quality"));
        urls.put(EventType.SCRIPT_API, exact ? target : target.resolve("/v1/script-api"));
        return urls;
    }

    private ParameterException usage(String problem) {
        return new ParameterException(spec().commandLine(), problem);
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}
