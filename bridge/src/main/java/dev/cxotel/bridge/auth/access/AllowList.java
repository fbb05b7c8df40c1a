package dev.cxotel.bridge.auth.access;

import dev.cxotel.bridge.config.Cidr;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** The addresses that may send; an empty list is everybody. */
final class AllowList {

    private final boolean everybody;
    private final List<Cidr> blocks;

    /** Blocks that cannot be read allow nobody; the configuration's loader reports them. */
    AllowList(List<String> blocks) {
        this.everybody = blocks.isEmpty();
        this.blocks = blocks.stream().map(Cidr::parse).flatMap(Optional::stream).toList();
    }

    boolean isEverybody() {
        return everybody;
    }

    /** Whether {@code client} may send; one that is not known may only where everybody may. */
    boolean allows(Optional<InetAddress> client) {
        return everybody
                || client.filter(address -> blocks.stream().anyMatch(block -> block.contains(address)))
                        .isPresent();
    }
}
