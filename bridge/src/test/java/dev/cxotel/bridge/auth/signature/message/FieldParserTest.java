package dev.cxotel.bridge.auth.signature.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cxotel.bridge.auth.signature.FlawException;
import java.nio.charset.StandardCharsets;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldParserTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a=(\"x\" \"y\");b=1;c=\"q\" | a=(\"x\" \"y\");b=1;c=\"q\"",
                "a=(  \"x\"   \"y\"  )  | a=(\"x\" \"y\")",
                "a=() | a=()",
                "a | a=?1",
                "a;x | a=?1;x",
                "a=?0,\tb=?1 | a=?0, b=?1",
                "a=:AAA=: | a=:AAA=:",
                "a=-12 , b=tok/en:x | a=-12, b=tok/en:x",
                "a=\"q\\\"\\\\\" | a=\"q\\\"\\\\\"",
                "a=(\"x\";sf;key=\"k\");created=1 | a=(\"x\";sf;key=\"k\");created=1",
                "*a.b-c_d=1 | *a.b-c_d=1",
            })
    void dictionary_whatTheRfcAllows_isReadAndWrittenCanonically(String text, String canonical) throws FlawException {
        assertThat(write(FieldParser.dictionary(text))).isEqualTo(canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=",
                "=1",
                "A=1",
                "a=1,",
                "a=1 b=2",
                "a=1,,b=2",
                "a=1, a=2",
                "a=1.5",
                "a=1234567890123456",
                "a=-",
                "a=\"x",
                "a=\"\\x\"",
                "a=\"\u00e4\"",
                "a=\"\u0000\"",
                "a=:A",
                "a=:%:",
                "a=?2",
                "a=(",
                "a=(\"x\"\"y\")",
                "a=(\"x\"",
                "a=(1 2",
                "a=((1))",
                "a=1;",
                "a=1;B",
                "a=1;b=1;b=2",
                "a=@x",
                "a=1;b=(1)",
                "1=a",
                "a=,b",
            })
    void dictionary_whatTheRfcForbidsOrNobodyNeeds_isRefused(String text) {
        assertThatThrownBy(() -> FieldParser.dictionary(text)).isInstanceOf(FlawException.class);
    }

    @Test
    void dictionary_beyondItsBounds_isRefused() {
        String many = IntStream.rangeClosed(0, FieldParser.MOST)
                .mapToObj(i -> "k" + i)
                .collect(Collectors.joining(","));
        String items = "a=(" + "1 ".repeat(FieldParser.MOST + 1) + ")";
        for (String text : new String[] {many, items, "a=\"" + "x".repeat(FieldParser.LONGEST) + "\""}) {
            assertThatThrownBy(() -> FieldParser.dictionary(text)).isInstanceOf(FlawException.class);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void dictionary_anyText_isRefusedOrReadBackAsItself(byte[] bytes) {
        SequencedMap<String, FieldValue> read;
        try {
            read = FieldParser.dictionary(new String(bytes, StandardCharsets.ISO_8859_1));
        } catch (FlawException e) {
            return;
        }
        String canonical = write(read);
        try {
            assertThat(write(FieldParser.dictionary(canonical))).isEqualTo(canonical);
        } catch (FlawException e) {
            throw new AssertionError(canonical, e);
        }
    }

    private static String write(SequencedMap<String, FieldValue> dictionary) {
        return dictionary.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue().text())
                .collect(Collectors.joining(", "));
    }
}
