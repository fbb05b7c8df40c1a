package dev.cxotel.bridge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** The search is proved before it proves anything. */
class LeaksTest {

    @Test
    void search_secretInAnyDress_isFound() throws IOException {
        String secret = "says Zebediah here";
        String base64 = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        for (String dressed : List.of(
                secret,
                "%5Aebedia%68",
                "\\u005aebediah",
                "{\"a\":\"{\\\"b\\\":\\\"\\\\u005aebediah\\\"}\"}",
                "x " + base64 + " y",
                "%" + "20" + base64)) {
            assertThat(found(dressed.getBytes(StandardCharsets.UTF_8)))
                    .as(dressed)
                    .isNotEmpty();
        }
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(base64.getBytes(StandardCharsets.UTF_8));
        }
        assertThat(found(zipped.toByteArray())).isNotEmpty();
        assertThat(found("Sherlock".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }

    private static List<String> found(byte[] bytes) {
        return new Leaks(List.of("zebediah")).search("test", bytes).found();
    }
}
