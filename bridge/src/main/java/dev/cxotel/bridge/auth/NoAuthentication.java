package dev.cxotel.bridge.auth;

/** Takes everybody: on loopback, or where the configuration spells out {@code auth: none}. */
public final class NoAuthentication implements Authenticator {

    private static final AuthResult ANONYMOUS = new AuthResult.Authenticated("anonymous");

    @Override
    public boolean needsBody() {
        return false;
    }

    @Override
    public AuthResult authenticate(WebhookRequest request) {
        return ANONYMOUS;
    }
}
