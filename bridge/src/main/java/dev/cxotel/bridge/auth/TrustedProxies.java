package dev.cxotel.bridge.auth;

import dev.cxotel.bridge.config.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The proxies whose forwarding headers are believed; nobody else's are. */
public final class TrustedProxies {

    private final List<Cidr> blocks;

    private TrustedProxies(List<Cidr> blocks) {
        this.blocks = blocks;
    }

    /** Blocks that cannot be read trust nobody; the configuration's loader reports them. */
    public static TrustedProxies of(List<String> blocks) {
        return new TrustedProxies(
                blocks.stream().map(Cidr::parse).flatMap(Optional::stream).toList());
    }

    public boolean trusts(InetAddress peer) {
        return blocks.stream().anyMatch(block -> block.contains(peer));
    }
}
