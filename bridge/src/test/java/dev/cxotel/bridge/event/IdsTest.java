package dev.cxotel.bridge.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The recipe is documented for users, who compute ids with other tools: these values come from sha256sum. */
class IdsTest {

    @Test
    void traceOfContact_isPrefixOfDocumentedHash() {
        // printf 'cxotel/1|trace|1337|86753099' | sha256sum
        assertThat(Ids.traceOfContact("1337", "86753099")).isEqualTo("ae07b726903fdf2892fc6ed508002d32");
    }

    @Test
    void spanOfScriptCall_revisionHasItsContentInTheId() {
        Hash content = Hash.of("{}");
        // printf 'cxotel/1|script-api|4600000|m-1' | sha256sum
        assertThat(Ids.spanOfScriptCall("4600000", "m-1", 0, content)).isEqualTo("4b74aa56e74bcf00");
        assertThat(Ids.spanOfScriptCall("4600000", "m-1", 1, content)).isNotEqualTo("4b74aa56e74bcf00");
    }
}
