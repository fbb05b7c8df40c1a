package dev.cxotel.bridge.auth.signature.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {

    @ParameterizedTest
    @CsvSource({"a+b, a+b", "a%2Bb, a+b", "a%2bb, a+b", "%252B, %2B", "%C3%A4, ä", "'', ''"})
    void decode_onceAndPlusStays(String text, String decoded) {
        assertThat(QueryString.decode(text)).contains(decoded);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%2", "a%zz", "%C3", "%FF", "%2G"})
    void decode_brokenEscape_isNothing(String text) {
        assertThat(QueryString.decode(text)).isEmpty();
    }

    @Test
    void without_keepsOrderAndSpellingOfTheOthers() {
        assertThat(QueryString.without("http://h/p?b=%2f&s=1&a=&%73=2&&c", Set.of("s")))
                .isEqualTo("http://h/p?b=%2f&a=&&c");
        assertThat(QueryString.without("http://h/p?s=1", Set.of("s"))).isEqualTo("http://h/p");
        assertThat(QueryString.without("http://h/p?s=1", Set.of())).isEqualTo("http://h/p?s=1");
    }

    @FuzzTest(maxDuration = "2m")
    void parse_anyQuery_losesNothing(byte[] bytes) {
        String query = new String(bytes, StandardCharsets.UTF_8);
        assertThat(String.join(
                        "&",
                        QueryString.parse(query).parameters().stream()
                                .map(QueryString.Parameter::raw)
                                .toList()))
                .isEqualTo(query);
        QueryString.decode(query);
    }
}
