package dev.cxotel.bridge.otlp.answer;

import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import javax.net.ssl.SSLException;

/** Why no answer came, as a fixed word and as one line for a person. */
public final class IoTrouble {

    private static final int DEEPEST = 10;

    private IoTrouble() {}

    /** {@code dns}, {@code connect_timeout}, {@code timeout}, {@code connect}, {@code tls} or {@code io}. */
    public static String word(Throwable failure) {
        if (has(failure, UnresolvedAddressException.class) || has(failure, UnknownHostException.class)) {
            return "dns";
        }
        if (has(failure, HttpConnectTimeoutException.class)) {
            return "connect_timeout";
        }
        if (has(failure, HttpTimeoutException.class) || has(failure, InterruptedIOException.class)) {
            return "timeout";
        }
        if (has(failure, SSLException.class)) {
            return "tls";
        }
        return has(failure, ConnectException.class) ? "connect" : "io";
    }

    /** The failure's own words, bounded. */
    public static String text(Throwable failure) {
        String message = failure.getMessage();
        return ErrorText.bounded(
                message == null || message.isEmpty() ? failure.getClass().getSimpleName() : message);
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> type) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++, cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }
}
