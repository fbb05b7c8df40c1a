package dev.cxotel.bridge.auth.mtls;

import dev.cxotel.bridge.auth.AuthResult;
import dev.cxotel.bridge.auth.Authenticator;
import dev.cxotel.bridge.auth.TrustedProxies;
import dev.cxotel.bridge.auth.WebhookRequest;
import dev.cxotel.bridge.config.MtlsConfig;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Knows a sender by the certificate of its TLS connection or, where a header is configured, of its connection to a
 * trusted proxy, whose own certificate then proves nothing. The chain is verified at each request, whatever the handshake thought: an authority or a pin that was
 * taken away ends connections and resumed sessions at once.
 */
public final class MtlsAuthenticator implements Authenticator {

    private static final AuthResult NONE = new AuthResult.Unauthorized("no_client_certificate");
    private static final AuthResult UNREADABLE = new AuthResult.Unauthorized("client_certificate_unreadable");

    private final Supplier<ClientAuthorities> authorities;
    private final List<Pin> pins;
    private final Optional<MtlsConfig.CertificateHeader> header;
    private final TrustedProxies proxies;
    private final Runnable headerIgnored;
    private volatile @Nullable Instant lastExpiry;

    /**
     * @param authorities those of now
     * @param headerIgnored told of each request that bears the configured header and comes from somebody else
     */
    public MtlsAuthenticator(
            MtlsConfig config,
            Supplier<ClientAuthorities> authorities,
            TrustedProxies proxies,
            Runnable headerIgnored) {
        this.authorities = authorities;
        this.pins = config.pins().stream()
                .map(Pin::parse)
                .map(Optional::orElseThrow)
                .toList();
        this.header = config.certificateHeader();
        this.proxies = proxies;
        this.headerIgnored = headerIgnored;
    }

    @Override
    public boolean needsBody() {
        return false;
    }

    @Override
    public AuthResult authenticate(WebhookRequest request) {
        if (header.isEmpty()) {
            return judge(request.clientCertificates(), request.receivedAt());
        }
        MtlsConfig.CertificateHeader form = header.get();
        boolean borne = ForwardedCertificate.isIn(request, form);
        InetAddress peer = request.remote().getAddress();
        if (peer == null || !proxies.trusts(peer)) {
            if (borne) {
                headerIgnored.run();
            }
            return judge(request.clientCertificates(), request.receivedAt());
        }
        if (!borne) {
            return NONE;
        }
        return ForwardedCertificate.read(request, form)
                .map(chain -> judge(chain, request.receivedAt()))
                .orElse(UNREADABLE);
    }

    /** When the certificate that was let in last expires; empty before the first. */
    public Optional<Instant> lastExpiry() {
        return Optional.ofNullable(lastExpiry);
    }

    private AuthResult judge(List<X509Certificate> chain, Instant now) {
        if (chain.isEmpty()) {
            return NONE;
        }
        X509Certificate own = chain.getFirst();
        return switch (authorities.get().judge(chain, now)) {
            case Verdict.Untrusted no ->
                new AuthResult.Unauthorized(
                        "client_certificate_" + no.reason().name().toLowerCase(Locale.ROOT));
            case Verdict.Trusted ignored -> {
                if (!pins.isEmpty() && pins.stream().noneMatch(pin -> pin.allows(own))) {
                    yield new AuthResult.Forbidden("client_certificate_not_pinned");
                }
                lastExpiry = own.getNotAfter().toInstant();
                yield new AuthResult.Authenticated(own.getSubjectX500Principal().getName());
            }
        };
    }
}
