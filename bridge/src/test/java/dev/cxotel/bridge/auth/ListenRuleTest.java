package dev.cxotel.bridge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cxotel.bridge.config.AuthConfig;
import dev.cxotel.bridge.config.ReceiverConfig;
import dev.cxotel.bridge.config.SignatureConfig;
import dev.cxotel.bridge.config.scheme.yaml.SchemePresets;
import dev.cxotel.bridge.testing.ReceiverBuilder;
import dev.cxotel.bridge.testing.SubscriptionBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "localhost", "LOCALHOST", "::1", "[::1]", "0:0:0:0:0:0:0:1"})
    void loopback_mayReceiveUnauthenticated(String host) {
        assertThat(ListenRule.problems(receiver(host, false, AuthConfig.UNSET))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "10.0.0.1", "localhost.example.com", "bridge", "", "128.0.0.1"})
    void otherAddresses_needItSpelledOut(String host) {
        assertThat(ListenRule.problems(receiver(host, false, AuthConfig.NONE))).isEmpty();
        assertThat(ListenRule.problems(receiver(host, false, AuthConfig.UNSET)))
                .singleElement()
                .asString()
                .contains("\"voice\"", "auth: none");
    }

    @Test
    void otherAddresses_withAuthentication_mayReceive() {
        SignatureConfig signature = new SignatureConfig(
                SchemePresets.named("nice_expert").orElseThrow(),
                Optional.empty(),
                List.of(),
                SignatureConfig.DEFAULT_REFRESH);
        AuthConfig auth = new AuthConfig(false, Optional.of(signature), Optional.empty());

        assertThat(ListenRule.problems(receiver("0.0.0.0", false, auth))).isEmpty();
    }

    @Test
    void http2_isNotThere() {
        assertThat(ListenRule.problems(receiver("localhost", true, AuthConfig.UNSET)))
                .singleElement()
                .asString()
                .contains("receiver.http2");
    }

    private static ReceiverConfig receiver(String host, boolean http2, AuthConfig auth) {
        return new ReceiverBuilder(
                        new SubscriptionBuilder("voice", "/v").auth(auth).build())
                .host(host)
                .http2(http2)
                .build();
    }
}
