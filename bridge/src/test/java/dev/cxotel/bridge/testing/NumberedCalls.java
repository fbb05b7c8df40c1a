package dev.cxotel.bridge.testing;

import static java.util.stream.Collectors.joining;

import dev.cxotel.bridge.event.Hash;
import dev.cxotel.bridge.event.Ids;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * A sender of numbered script API calls, one a webhook, that knows which ones were acknowledged and, as a careful sender
 * would, sends the others again. Safe for any thread.
 */
public final class NumberedCalls implements AutoCloseable {

    private static final String BUSINESS_UNIT = "4600000";
    private static final Instant TIME = Instant.EPOCH.plusSeconds(1_790_000_000L);
    private static final DateTimeFormatter CXONE_TIME =
            DateTimeFormatter.ofPattern("M/d/yyyy h:mm:ss a", Locale.US).withZone(ZoneOffset.UTC);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI url;
    private final AtomicInteger next;
    private final Queue<Integer> unacknowledged = new ConcurrentLinkedQueue<>();
    private final Set<Integer> acknowledged = ConcurrentHashMap.newKeySet();
    private volatile String lastTrouble = "";
    private volatile int size;
    private volatile Function<String, Map<String, String>> signature = body -> Map.of();
    private volatile int expected = 200;

    public NumberedCalls(URI url) {
        this(url, 0);
    }

    /** @param last the number before its first; two senders to one bridge need different numbers */
    public NumberedCalls(URI url, int last) {
        this.url = url;
        this.next = new AtomicInteger(last);
    }

    /** From now on fills each webhook with blanks to so many bytes. */
    public NumberedCalls paddedTo(int bytes) {
        size = bytes;
        return this;
    }

    /** From now on sends with each body the headers that {@code signing} makes of it. */
    public NumberedCalls signedBy(Function<String, Map<String, String>> signing) {
        signature = signing;
        return this;
    }

    /** From now on takes this status for an acknowledgement: that of a webhook that is held, perhaps. */
    public NumberedCalls acknowledgedBy(int status) {
        expected = status;
        return this;
    }

    /** A running load; closing it waits for the requests in progress. */
    public interface Load extends AutoCloseable {
        @Override
        void close();
    }

    /** Posts from {@code senders} threads until the load is closed. */
    public Load start(int senders) {
        AtomicBoolean running = new AtomicBoolean(true);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < senders; i++) {
            threads.add(Thread.ofVirtual().start(() -> {
                while (running.get()) {
                    post(next.incrementAndGet());
                }
            }));
        }
        return () -> {
            running.set(false);
            threads.forEach(NumberedCalls::join);
        };
    }

    /** Posts once more what was never acknowledged; returns how many still are not. */
    public int again() {
        List<Integer> numbers = new ArrayList<>(unacknowledged);
        unacknowledged.clear();
        numbers.forEach(this::post);
        return unacknowledged.size();
    }

    /** Posts everything that was acknowledged once more. */
    public void repeatAll() {
        List.copyOf(acknowledged).forEach(this::post);
    }

    /** Posts {@code count} new calls, one after the other. */
    public void postNew(int count) {
        for (int i = 0; i < count; i++) {
            post(next.incrementAndGet());
        }
    }

    /** Posts {@code count} new calls in one webhook. */
    public void postTogether(int count) {
        List<Integer> numbers = IntStream.range(0, count)
                .map(i -> next.incrementAndGet())
                .boxed()
                .toList();
        post(webhook(numbers.stream().map(number -> entry(number, TIME)).collect(joining(",")), TIME), numbers);
    }

    /** Attempts that were not acknowledged and wait for {@link #again}. */
    public int unacknowledged() {
        return unacknowledged.size();
    }

    public int acknowledged() {
        return acknowledged.size();
    }

    /** What went wrong last, for a failing test's message. */
    public String lastTrouble() {
        return lastTrouble;
    }

    /** The span ids, by the documented recipe, of all that was acknowledged. */
    public Set<String> spanIds() {
        Set<String> ids = ConcurrentHashMap.newKeySet();
        acknowledged.forEach(number ->
                ids.add(Ids.spanOfScriptCall(BUSINESS_UNIT, messageId(number), 0, Hash.of("the first content"))));
        return ids;
    }

    /** The webhook of call {@code number}: CXone's shape, metadata as a string. */
    public static String body(int number, Instant at) {
        return webhook(entry(number, at), at);
    }

    private static String entry(int number, Instant at) {
        return """
                {"busNo":"%s","messageId":"%s","contactId":"%d","masterContactId":"%d","scriptId/version":"130000000",\
                "scriptName":"sub_webservice","actionId":"40","actionName":"Snippet","actionLabel":"Call",\
                "dateTime":"%s","apiEndpoint":"https://api.example.com/orders","apiResponseCode":"200",\
                "apiResponseMessage":"SUCESS","responseTime":"0.250000"}""".formatted(BUSINESS_UNIT, messageId(number), 1000 + number, 1000 + number, CXONE_TIME.format(at));
    }

    private static String webhook(String entries, Instant at) {
        return """
                {"source":"NICE","event":"SCRIPT_API_MONITORING ","timestamp":"%s","metadata":"[%s]"}""".formatted(CXONE_TIME.format(at), entries.replace("\"", "\\\""));
    }

    @Override
    public void close() {
        client.close();
    }

    private void post(int number) {
        post(body(number, TIME), List.of(number));
    }

    private void post(String body, List<Integer> numbers) {
        String padded = body + " ".repeat(Math.max(0, size - body.length()));
        HttpRequest.Builder builder = HttpRequest.newBuilder(url)
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(padded));
        signature.apply(padded).forEach(builder::header);
        HttpRequest request = builder.build();
        try {
            HttpResponse<Void> response = client.send(request, HttpResponse.BodyHandlers.discarding());
            if (response.statusCode() == expected) {
                acknowledged.addAll(numbers);
                return;
            }
            lastTrouble = "status " + response.statusCode() + ", Retry-After "
                    + response.headers().firstValue("Retry-After").orElse("none");
        } catch (java.io.IOException e) {
            lastTrouble = e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lastTrouble = e.toString();
        }
        unacknowledged.addAll(numbers);
    }

    private static String messageId(int number) {
        return "call-" + number;
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
