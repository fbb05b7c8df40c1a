package dev.cxotel.bridge.otlp.connection;

import java.net.Authenticator;
import java.net.PasswordAuthentication;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A proxy's user and password, told to the proxy only. The Java platform sends Basic credentials to a proxy on the way to
 * an HTTPS address only when {@value #DISABLED} does not name Basic, which it does by default.
 */
final class ProxyCredentials extends Authenticator {

    static final String DISABLED = "jdk.http.auth.tunneling.disabledSchemes";

    private final PasswordAuthentication credentials;

    /** Lets Basic credentials through. Has an effect only before the process's first HTTP client. */
    static void allowBasic() {
        if (System.getProperty(DISABLED) == null) {
            System.setProperty(DISABLED, "");
        }
    }

    private ProxyCredentials(String user, String password) {
        this.credentials = new PasswordAuthentication(user, password.toCharArray());
    }

    /** Those in the proxy's URL. */
    static Optional<Authenticator> of(URI proxy) {
        String pair = proxy.getRawUserInfo();
        if (pair == null) {
            return Optional.empty();
        }
        int colon = pair.indexOf(':');
        return Optional.of(new ProxyCredentials(
                decoded(pair.substring(0, colon < 0 ? pair.length() : colon)),
                colon < 0 ? "" : decoded(pair.substring(colon + 1))));
    }

    @Override
    protected PasswordAuthentication getPasswordAuthentication() {
        return getRequestorType() == RequestorType.PROXY ? credentials : new PasswordAuthentication("", new char[0]);
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
