package dev.cxotel.bridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.cxotel.bridge.testing.GoldenMapping;
import io.opentelemetry.api.trace.SpanContext;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {

    private final ObjectNode mapping = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {" ", "0", "000", "-1", "-460000000000", "0.0"})
    void contact_unusableIds_isEmpty(String id) {
        assertThat(traces().contact("1337", id, id)).isEmpty();
    }

    @Test
    void contact_unusableMaster_isTheContact() {
        assertThat(traces().contact("1337", "0", "8675309")).contains(new ContactKey("1337", "8675309"));
        assertThat(traces().contact(null, "7", "8")).contains(new ContactKey("", "7"));
    }

    @Test
    void context_ofContact_isTheDocumentedRecipe() {
        // printf 'cxotel/1|trace|1337|86753099' | sha256sum, printf 'cxotel/1|contact|1337|86753099' | sha256sum
        Optional<ContactKey> contact = traces().contact("1337", "86753099", "8675309");
        SpanContext context = traces().context(contact, "00000000000000aa", "unused");
        assertThat(context.getTraceId()).isEqualTo("ae07b726903fdf2892fc6ed508002d32");
        assertThat(context.isSampled()).isTrue();
        assertThat(traces().parent(contact).getSpanId()).isEqualTo("609cb77ad477f883");
        assertThat(traces().parent(contact).getTraceId()).isEqualTo(context.getTraceId());
    }

    @Test
    void parent_withoutContactOrRootSpan_isInvalid() {
        assertThat(traces().parent(Optional.empty()).isValid()).isFalse();
        mapping.putObject("trace").put("root_span", false);
        assertThat(traces().parent(Optional.of(new ContactKey("1", "2"))).isValid())
                .isFalse();
    }

    @Test
    void businessUnit_withAlias_isTheAlias() {
        mapping.putObject("business_units").put("1337", "4600000");
        assertThat(traces().businessUnit("1337")).isEqualTo("4600000");
        assertThat(traces().businessUnit("1")).isEqualTo("1");
        assertThat(traces().businessUnit(null)).isEmpty();
    }

    private Traces traces() {
        return new Traces(GoldenMapping.of(mapping));
    }
}
