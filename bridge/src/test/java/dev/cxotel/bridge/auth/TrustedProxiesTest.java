package dev.cxotel.bridge.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrustedProxiesTest {

    @Test
    void trusts_peerOutsideEveryBlock_isFalse() {
        TrustedProxies proxies = TrustedProxies.of(List.of("10.0.0.0/8", "nonsense"));
        assertThat(proxies.trusts(InetAddress.ofLiteral("10.9.9.9"))).isTrue();
        assertThat(proxies.trusts(InetAddress.ofLiteral("11.0.0.1"))).isFalse();
        assertThat(TrustedProxies.of(List.of()).trusts(InetAddress.getLoopbackAddress()))
                .isFalse();
    }
}
