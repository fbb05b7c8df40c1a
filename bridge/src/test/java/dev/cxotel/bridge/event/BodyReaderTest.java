package dev.cxotel.bridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cxotel.bridge.event.Reading.Documents;
import dev.cxotel.bridge.event.Reading.Empty;
import dev.cxotel.bridge.event.Reading.NotJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

    private static final JsonMapper JACKSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    @Test
    void read_object_isOneDocumentWithoutRepairs() {
        Documents read = documents("{\"a\": 1}");
        assertThat(texts(read)).containsExactly("{\"a\":1}");
        assertThat(read.repairs()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n\t", "\uFEFF"})
    void read_nothingButWhiteSpace_isEmpty(String body) {
        assertThat(BodyReader.read(Bytes.utf8(body))).isEqualTo(new Empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "{",
                "{\"a\":1",
                "{\"a\":\"cut",
                "{\"a\":1}x",
                "{\"a\":1} {\"a\":2}",
                "{'a':1}",
                "[1,",
                "[NaN]",
                "{\"a\":1e99999999999}",
                "\u0000",
                "{\"a\" 1}",
                "\\",
                "\"",
                "{ \\\"a\\",
                "{ \\\"a\\u12"
            })
    void read_brokenBeyondQuoting_isNotJson(String body) {
        assertThat(BodyReader.read(Bytes.utf8(body))).isInstanceOf(NotJson.class);
    }

    @Test
    void read_notJson_namesThePlaceAndNoValue() {
        assertThat(BodyReader.read(Bytes.utf8("{\"phone\": +18015550100}")))
                .isEqualTo(new NotJson("The body is not JSON at line 1, column 12."));
    }

    @Test
    void read_nestedTooDeeply_isAnswered() {
        assertThat(BodyReader.read(Bytes.utf8("[".repeat(100) + "]".repeat(100))))
                .isInstanceOf(Documents.class);
        assertThat(BodyReader.read(Bytes.utf8("[".repeat(101) + "]".repeat(101))))
                .isInstanceOf(NotJson.class);
        assertThat(BodyReader.read(Bytes.utf8("[".repeat(500_000)))).isInstanceOf(NotJson.class);
    }

    @Test
    void read_hugeNumber_keepsItsDigits() {
        String id = "9".repeat(1_000);
        assertThat(texts(documents("{\"a\":" + id + "}"))).containsExactly("{\"a\":" + id + "}");
        assertThat(BodyReader.read(Bytes.utf8("{\"a\":" + id + "9}"))).isInstanceOf(NotJson.class);
    }

    /** A parser's table of names must not refuse a body for the names of earlier ones. */
    @Test
    void read_manyKeysWithOneHash_areUnderstood() {
        StringBuilder body = new StringBuilder("{");
        for (int bits = 0; bits < 512; bits++) {
            StringBuilder key = new StringBuilder();
            for (int bit = 0; bit < 9; bit++) {
                key.append(((bits >> bit) & 1) == 0 ? "aB" : "b!");
            }
            body.append(bits == 0 ? "" : ",").append('"').append(key).append("\":1");
        }
        assertThat(documents(body.append('}').toString()).documents().getFirst().size())
                .isEqualTo(512);
    }

    @Test
    void read_arrays_areTheirElements() {
        assertThat(texts(documents("[{\"a\":1}, [{\"a\":2}], 3, null]")))
                .containsExactly("{\"a\":1}", "{\"a\":2}", "3", "null");
        assertThat(documents("[]").documents()).isEmpty();
    }

    @Test
    void read_jsonInStrings_isUnwrappedTwiceAtMost() {
        Documents once = documents("\"{\\\"a\\\":1}\"");
        assertThat(texts(once)).containsExactly("{\"a\":1}");
        assertThat(repairs(once)).containsExactly("json_in_string");
        assertThat(texts(documents("\"\\\"{\\\\\\\"a\\\\\\\":1}\\\"\""))).containsExactly("{\"a\":1}");
        assertThat(texts(documents("[\"{\\\"a\\\":1}\"]"))).containsExactly("{\"a\":1}");
        JsonNode thrice =
                documents(quoted(quoted(quoted("{\"a\":1}")))).documents().getFirst();
        assertThat(thrice.isTextual()).isTrue();
    }

    @Test
    void read_stringThatHoldsNoJson_isAScalar() {
        assertThat(texts(documents("\"hello\""))).containsExactly("\"hello\"");
        assertThat(texts(documents("\"{hello\""))).containsExactly("\"{hello\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16"})
    void read_utf16_isUnderstood(String charset) {
        Documents read = documents(Bytes.wrap("{\"a\":\"é😀\"}".getBytes(Charset.forName(charset))));
        assertThat(texts(read)).containsExactly("{\"a\":\"é😀\"}");
        assertThat(repairs(read)).contains("utf_16");
    }

    @Test
    void read_utf8WithByteOrderMark_isUnderstood() {
        Documents read = documents("\uFEFF{\"a\":1}");
        assertThat(texts(read)).containsExactly("{\"a\":1}");
        assertThat(repairs(read)).containsExactly("byte_order_mark");
    }

    @Test
    void read_loneSurrogate_isTextInAValueAndNotJsonInAKey() {
        assertThat(texts(documents("{\"a\":\"\\ud800\"}"))).containsExactly("{\"a\":\"\\ud800\"}");
        assertThat(BodyReader.read(Bytes.utf8("{\"\\ud800\":1}"))).isInstanceOf(NotJson.class);
    }

    @Test
    void read_malformedBytes_areAnswered() {
        assertThat(BodyReader.read(Bytes.wrap(new byte[] {'"', (byte) 0xc3, '"'})))
                .isEqualTo(new NotJson("The body is neither UTF-8 nor UTF-16."));
        // bytes for which a JSON parser guesses UTF-32 and throws what nobody expects
        assertThat(BodyReader.read(Bytes.wrap(new byte[] {0, 0, 0x40, 0, 0x0a})))
                .isInstanceOf(NotJson.class);
        assertThat(BodyReader.read(Bytes.wrap("{}".getBytes(Charset.forName("UTF-32BE")))))
                .isInstanceOf(NotJson.class);
    }

    @Test
    void read_duplicateKey_lastOneCountsAndIsReported() {
        Documents read = documents("{\"a\":1,\"a\":2}");
        assertThat(texts(read)).containsExactly("{\"a\":2}");
        assertThat(repairs(read)).containsExactly("duplicate_key");
    }

    @Test
    void read_voiceRecordAsPrinted_isOneObject() throws IOException {
        Documents read = documents(resource("/payloads/voice-quality-as-printed.json"));
        JsonNode voiceRecord = read.documents().getFirst();
        assertThat(read.documents()).hasSize(1);
        assertThat(voiceRecord.size()).isEqualTo(48);
        assertThat(voiceRecord.path("DataSource").textValue()).isEqualTo("SBC EXMS");
        assertThat(voiceRecord.path("ContactId").intValue()).isEqualTo(8675309);
        assertThat(repairs(read)).containsExactly("escaped_document", "unescaped_quote");
    }

    @Test
    void read_voiceRecordAsPrintedInsideQuotes_isOneObject() throws IOException {
        String printed =
                resource("/payloads/voice-quality-as-printed.json").toUtf8().strip();
        Documents read = documents("\"" + printed + "\"");
        assertThat(read.documents().getFirst().size()).isEqualTo(48);
        assertThat(repairs(read)).containsExactly("json_in_string", "unescaped_quote");
    }

    @Test
    void read_scriptEventAsPrinted_isOneEnvelope() throws IOException {
        Documents read = documents(resource("/golden/scriptapi/documented_as_printed/webhook.json"));
        JsonNode envelope = read.documents().getFirst();
        assertThat(envelope.size()).isEqualTo(4);
        assertThat(repairs(read)).containsExactly("unescaped_quote", "typographic_quote");
        JsonNode call = ((Documents)
                        BodyReader.readText(envelope.path("metadata").textValue()))
                .documents()
                .getFirst();
        assertThat(call.path("apiEndpoint").textValue()).isEqualTo("https://callbackurl.com");
        assertThat(call.path("responseTime").textValue()).isEqualTo("1.000000");
    }

    @Test
    void read_unescapedQuotes_belongToTheText() {
        assertRepaired(
                "{\"a\":\"he said \"no\", \"never\" and left\",\"b\":1}",
                "{\"a\":\"he said \\\"no\\\", \\\"never\\\" and left\",\"b\":1}",
                "unescaped_quote");
        assertRepaired("{\"a\":\"6\" pipe\"}", "{\"a\":\"6\\\" pipe\"}", "unescaped_quote");
        assertRepaired("{\"a\"b\":1}", "{\"a\\\"b\":1}", "unescaped_quote");
        assertRepaired("{\"a\":[\"b \"c\" d\", \"e\"]}", "{\"a\":[\"b \\\"c\\\" d\",\"e\"]}", "unescaped_quote");
    }

    @Test
    void read_embeddedDocumentWithoutEscapes_staysOneString() {
        assertRepaired(
                "{\"event\":\"x\",\"metadata\":\"[{ \"a\":\"1\", \"b\":\"see [2\" }]\" }",
                "{\"event\":\"x\",\"metadata\":\"[{ \\\"a\\\":\\\"1\\\", \\\"b\\\":\\\"see [2\\\" }]\"}",
                "unescaped_quote");
    }

    @Test
    void read_typographicQuotes_areQuotesWhereTheStructureNeedsOne() {
        assertRepaired("{“a”: “b “c” d”}", "{\"a\":\"b “c” d\"}", "typographic_quote");
    }

    @Test
    void read_typographicQuotesInADocumentThatParses_areText() {
        Documents read = documents("{\"a\":\"“b”\"}");
        assertThat(texts(read)).containsExactly("{\"a\":\"“b”\"}");
        assertThat(read.repairs()).isEmpty();
    }

    @Test
    void read_controlCharactersAndStrayBackslashes_areText() {
        assertRepaired("{\"a\":\"b\nc\"}", "{\"a\":\"b\\nc\"}", "control_character");
        assertRepaired("{\"a\":\"C:\\data\"}", "{\"a\":\"C:\\\\data\"}", "invalid_escape");
    }

    @Test
    void read_escapedDocumentWithEscapesInside_keepsTheInnerOnes() {
        assertRepaired(
                "[{ \\\"a\\\":\\\"say \\\\\\\"hi\\\\\\\" \\u00e9\\\"}]",
                "{\"a\":\"say \\\"hi\\\" é\"}",
                "escaped_document");
    }

    @FuzzTest(maxDuration = "2m")
    void read_anyBytes_areAnswered(byte[] body) {
        if (BodyReader.read(Bytes.copyOf(body)) instanceof Documents read) {
            read.documents().forEach(BodyReaderTest::assertReadsItsCanonicalText);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void read_documentThatParses_isNeverRepaired(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        JsonNode strict;
        try {
            strict = JACKSON.readTree(text);
        } catch (JsonProcessingException | NumberFormatException e) {
            return;
        }
        if (strict.isObject() && BodyReader.read(Bytes.utf8(text)) instanceof Documents read) {
            assertThat(texts(read)).containsExactly(CanonicalJson.text(strict));
            assertThat(read.repairs().stream().map(Finding::field)).isSubsetOf("duplicate_key", "byte_order_mark");
        }
    }

    /**
     * Left out are scalars, since a text that looks like a document would be taken for one, and escapes of lone
     * surrogates, which the parser refuses in keys.
     */
    private static void assertReadsItsCanonicalText(JsonNode document) {
        String text = CanonicalJson.text(document);
        if (document.isObject() && !text.contains("\\ud")) {
            Documents again = documents(text);
            assertThat(again.repairs()).isEmpty();
            assertThat(texts(again)).containsExactly(text);
        }
    }

    private static void assertRepaired(String body, String canonical, String form) {
        Documents read = documents(body);
        assertThat(texts(read)).containsExactly(canonical);
        assertThat(repairs(read)).containsExactly(form);
    }

    private static Documents documents(String body) {
        return documents(Bytes.utf8(body));
    }

    private static Documents documents(Bytes body) {
        Reading reading = BodyReader.read(body);
        assertThat(reading).isInstanceOf(Documents.class);
        return (Documents) reading;
    }

    private static List<String> texts(Documents read) {
        return read.documents().stream().map(CanonicalJson::text).toList();
    }

    private static List<String> repairs(Documents read) {
        assertThat(read.repairs())
                .allSatisfy(finding -> assertThat(finding.kind()).isEqualTo(Finding.Kind.REPAIRED));
        return read.repairs().stream().map(Finding::field).toList();
    }

    private static String quoted(String text) {
        return JACKSON.getNodeFactory().textNode(text).toString();
    }

    private static Bytes resource(String name) throws IOException {
        try (InputStream stream = Objects.requireNonNull(BodyReaderTest.class.getResourceAsStream(name))) {
            return Bytes.wrap(stream.readAllBytes());
        }
    }
}
