package dev.cxotel.bridge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cxotel.bridge.config.AdminConfig;
import dev.cxotel.bridge.testing.RecordingJournal;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminClientTest {

    private static final Duration TIMEOUT = Duration.ofMillis(300);

    @TempDir
    Path directory;

    private static String slow() throws InterruptedException {
        boolean opened = new CountDownLatch(1).await(3 * TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        return "{\"opened\":" + opened + "}";
    }

    @Test
    void longCalls_haveNoTimeLimitAndOthersHave() throws Exception {
        AdminServer.Sources sources = new AdminServer.Sources(
                new RecordingJournal(),
                "1",
                Map.of("journal/backup", parameters -> slow()),
                Map.of("journal/check", parameters -> slow(), "diagnose", parameters -> slow()),
                ShownText.RAW,
                Map::of,
                InstantSource.system());
        AdminServer server =
                AdminServer.start(new AdminConfig("127.0.0.1", 0, List.of()), directory, sources, new SecureRandom());
        try (AdminClient client = new AdminClient(directory, TIMEOUT)) {
            assertThat(client.get("journal/check")).isInstanceOf(AdminAnswer.Ok.class);
            assertThat(client.post("journal/backup?to=x")).isInstanceOf(AdminAnswer.Ok.class);
            assertThatThrownBy(() -> client.get("diagnose")).isInstanceOf(HttpTimeoutException.class);
        } finally {
            server.stop();
        }
    }
}
