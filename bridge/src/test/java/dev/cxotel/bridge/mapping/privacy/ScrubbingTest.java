package dev.cxotel.bridge.mapping.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever stands around a secret, the secret goes. */
class ScrubbingTest {

    /** What has to go, and what of it must not be left. */
    private record Secret(String text, String mark) {}

    private static final List<Secret> SECRETS = List.of(
            new Secret("zebediah.markwort@example.com", "zebediah"),
            new Secret("zebediah%40example.com", "zebediah"),
            new Secret("+1 (801) 555-0107", "555"),
            new Secret("8015550107", "5550107"),
            new Secret("801%20555%200107", "0107"),
            new Secret("4111 1111 1111 1111", "1111"),
            new Secret("5500-0000-0000-0004", "0000"),
            new Secret("Bearer s3cr3t.Token1234567890", "Token"),
            new Secret("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln", "eyJ"),
            new Secret("password=s3cr3t", "s3cr3t"),
            new Secret("\"apiKey\": \"s3cr3t\"", "s3cr3t"),
            new Secret("https://user:s3cr3t@api.example/p", "s3cr3t"));

    /** Neither a word that names a secret nor a digit: they would be scrubbed as well, and more with them. */
    private static final List<String> NOISE =
            List.of(" ", ", ", "; ", "\n", "(", ") ", "<b>", "</b> ", " Kontonummer ", " größer ", " 日本 ", ": ", "|");

    @Test
    void scrub_secretsAmongAnything_goAll() {
        Random random = new Random(20_261_122);
        for (int round = 0; round < 3000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i >= 0; i--) {
                text.append(NOISE.get(random.nextInt(NOISE.size())));
                text.append(' ')
                        .append(SECRETS.get(random.nextInt(SECRETS.size())).text())
                        .append(' ');
                text.append(NOISE.get(random.nextInt(NOISE.size())));
            }
            String scrubbed = Scrubbing.scrub(text.toString());
            assertThat(SECRETS)
                    .allSatisfy(
                            secret -> assertThat(scrubbed).as(text.toString()).doesNotContain(secret.mark()));
        }
    }

    /** A number of no one: short ones, dates, times and addresses of networks are what a message is about. */
    @Test
    void scrub_whatNamesNobody_stays() {
        for (String text : List.of(
                "timeout after 30000 ms",
                "10.20.30.40:8443 refused",
                "2026-11-22 13:57:41.123",
                "11/22/2026 1:57:41 PM",
                "HTTP 503, attempt 3 of 5",
                "account is not active",
                "")) {
            assertThat(Scrubbing.scrub(text)).isEqualTo(text);
        }
    }

    @FuzzTest(maxDuration = "15m")
    void scrub_secretWithinAnyText_goes(FuzzedDataProvider data) {
        String before = data.consumeString(200);
        String after = data.consumeRemainingAsString();
        String scrubbed = Scrubbing.scrub(before + " zebediah@example.com " + after);
        assertThat(scrubbed.length()).isLessThanOrEqualTo(8 * Scrubbing.LONGEST);
        assertThat(scrubbed).doesNotContain("zebediah@example.com");
        assertThat(PathTemplate.of(before)).isNotNull();
        assertThat(RedactedUrl.of(before + after, true, true).full()).isNotNull();
    }
}
