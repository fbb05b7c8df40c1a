package dev.cxotel.bridge.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.simulator.ContactCentre.Habits;
import dev.cxotel.bridge.simulator.WebhookClient.Signature;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LoadTest {

    private final List<String> received = new CopyOnWriteArrayList<>();
    private final AtomicInteger requests = new AtomicInteger();
    private final ContactCentre centre = new ContactCentre(1, InstantSource.system(), Habits.USUAL);
    private IntUnaryOperator statusOf = request -> 200;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
                int status = statusOf.applyAsInt(requests.getAndIncrement());
                if (status < 300) {
                    received.add(exchange.getRequestHeaders().getFirst("X-Signed") + " " + body);
                }
                exchange.sendResponseHeaders(status, -1);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void run_sendsEachBodyOnceWithItsSignature() throws Exception {
        Answers answers = new Answers();
        Signature signature = (request, url, body) -> request.header("X-Signed", String.valueOf(body.length));
        List<Webhook> webhooks = webhooks(200);
        run(webhooks, signature, false, answers);

        assertThat(answers.counts()).isEqualTo(Map.of("200", 200L));
        assertThat(answers.refused()).isZero();
        assertThat(answers.percentile(0.5)).isPresent();
        assertThat(received)
                .containsExactlyInAnyOrderElementsOf(webhooks.stream()
                        .map(webhook -> webhook.body().getBytes(StandardCharsets.UTF_8).length + " " + webhook.body())
                        .toList());
    }

    @Test
    void run_errors_areCountedAndDoNotEndIt() throws Exception {
        statusOf = request -> request % 4 == 0 ? 503 : request % 4 == 1 ? 401 : 202;
        Answers answers = new Answers();
        run(webhooks(100), Signature.NONE, false, answers);

        assertThat(answers.counts()).isEqualTo(Map.of("202", 50L, "401", 25L, "503", 25L));
        assertThat(answers.refused()).isEqualTo(50);
    }

    @Test
    void run_nobodyListens_countsTheProblem() throws Exception {
        server.stop(0);
        Answers answers = new Answers();
        run(webhooks(5), Signature.NONE, false, answers);

        assertThat(answers.counts()).isEqualTo(Map.of("ConnectException", 5L));
    }

    @Test
    void run_persistent_postsAgainUntilAccepted() throws Exception {
        statusOf = request -> request < 3 ? 503 : 200;
        Tally tally = new Tally();
        List<Webhook> webhooks = webhooks(10);
        run(webhooks, Signature.NONE, true, (webhook, answer) -> {
            if (answer instanceof WebhookClient.Answer.Status status && status.success()) {
                tally.acknowledged(webhook);
            }
        });

        assertThat(received).hasSize(10);
        assertThat(tally.books().deliveries()).isEqualTo(10);
    }

    @Test
    void run_sourceIsEmpty_endsAtOnce() throws Exception {
        run(webhooks(1), Signature.NONE, false, new Answers());
        long start = System.nanoTime();
        run(webhooks(5), Signature.NONE, false, new Answers());

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void run_rate_isKept() throws Exception {
        long start = System.nanoTime();
        new Load(client(Signature.NONE), Rate.fixed(100), 8, false, InstantSource.system())
                .run(supplier(webhooks(40)), new Answers(), () -> false);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(380));
    }

    @Test
    void run_stopped_ends() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Answers answers = new Answers();
        new Load(client(Signature.NONE), Rate.fixed(1e6), 2, false, InstantSource.system())
                .run(() -> Optional.of(centre.next()), answers, () -> asked.incrementAndGet() > 50);

        assertThat(answers.total()).isBetween(1L, 50L);
    }

    private void run(List<Webhook> webhooks, Signature signature, boolean persistent, Load.Listener listener)
            throws Exception {
        try (WebhookClient client = client(signature)) {
            new Load(client, Rate.fixed(Double.POSITIVE_INFINITY), 4, persistent, InstantSource.system())
                    .run(supplier(webhooks), listener, () -> false);
        }
    }

    private WebhookClient client(Signature signature) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/hook");
        return new WebhookClient(
                Map.of(EventType.VOICE_QUALITY, url, EventType.SCRIPT_API, url), signature, Duration.ofSeconds(60));
    }

    private List<Webhook> webhooks(int count) {
        return java.util.stream.Stream.generate(centre::next).limit(count).toList();
    }

    private static Supplier<Optional<Webhook>> supplier(List<Webhook> webhooks) {
        var left = webhooks.iterator();
        return () -> left.hasNext() ? Optional.of(left.next()) : Optional.empty();
    }
}
