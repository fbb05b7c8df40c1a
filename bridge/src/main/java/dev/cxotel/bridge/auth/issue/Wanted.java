package dev.cxotel.bridge.auth.issue;

import java.time.Instant;
import java.util.List;

/**
 * What a certificate is to say.
 *
 * @param subject a name as RFC 4514 writes it: {@code CN=cxone}
 * @param names alternative names: DNS names and IP addresses
 */
public record Wanted(
        String subject, KeyKind kind, Purpose purpose, List<String> names, Instant notBefore, Instant notAfter) {

    public Wanted {
        names = List.copyOf(names);
    }

    /** What a certificate is for. */
    public enum Purpose {
        SERVER,
        CLIENT
    }
}
