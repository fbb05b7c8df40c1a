package dev.cxotel.bridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.journal.Ledger;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** The admin API of the bridge that runs on a journal, found through {@code admin.json} in the journal's directory. */
public final class AdminClient implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    /** What reads the whole journal, or changes entry after entry, and takes its time: as long as the bridge lives. */
    private static final Set<String> UNHURRIED =
            Set.of("ledger", "journal/check", "journal/backup", "quarantine/replay", "quarantine/drop", "replay");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path directory;
    private final Duration timeout;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECT_TIMEOUT)
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    public AdminClient(Path directory) {
        this(directory, TIMEOUT);
    }

    /** @param timeout of a call that does not look at the whole journal */
    AdminClient(Path directory, Duration timeout) {
        this.directory = directory;
        this.timeout = timeout;
    }

    /** The ledger in a successful answer of {@code ledger}. */
    public static Ledger ledger(AdminAnswer.Ok answer) {
        try {
            return AdminJson.ledger(JSON.readTree(answer.json()));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the admin API answers in JSON", e);
        }
    }

    /**
     * Asks for {@code call}, a path below {@code /api/v1/} with its query.
     *
     * @throws IOException when a bridge runs, but its answer did not arrive
     */
    public AdminAnswer get(String call) throws IOException, InterruptedException {
        return send(call, "GET");
    }

    /** Makes the changing {@code call}; otherwise as {@link #get}. */
    public AdminAnswer post(String call) throws IOException, InterruptedException {
        return send(call, "POST");
    }

    @Override
    public void close() {
        http.close();
    }

    private AdminAnswer send(String call, String method) throws IOException, InterruptedException {
        Optional<AdminFile> found = AdminFile.read(directory);
        if (found.isEmpty()) {
            return new AdminAnswer.NoBridge("There is no usable " + AdminFile.in(directory) + ".");
        }
        AdminFile bridge = found.get();
        HttpRequest.Builder builder = HttpRequest.newBuilder(bridge.address().resolve("/api/v1/" + call));
        if (!UNHURRIED.contains(call.replaceFirst("\\?.*", ""))) {
            builder.timeout(timeout);
        }
        HttpRequest request = builder.header("Authorization", "Bearer " + bridge.token())
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() < 400) {
                return new AdminAnswer.Ok(response.body());
            }
            return bridge.isOfLivingProcess()
                    ? new AdminAnswer.Refused(response.statusCode(), detail(response.body()))
                    : leftBehind(bridge);
        } catch (ConnectException e) {
            return bridge.isOfLivingProcess()
                    ? new AdminAnswer.NoBridge(
                            "Nothing answers at " + bridge.address() + ", though process " + bridge.pid() + " runs.")
                    : leftBehind(bridge);
        }
    }

    private AdminAnswer leftBehind(AdminFile bridge) {
        return new AdminAnswer.NoBridge(
                AdminFile.in(directory) + " was left behind by process " + bridge.pid() + ", which has ended.");
    }

    private static String detail(String body) {
        try {
            return JSON.readTree(body).path("detail").asText(body);
        } catch (JsonProcessingException e) {
            return body;
        }
    }
}
