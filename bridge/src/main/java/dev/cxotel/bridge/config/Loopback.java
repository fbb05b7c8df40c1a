package dev.cxotel.bridge.config;

import java.net.InetAddress;
import java.util.Locale;

/** The rule of what only this machine can reach: {@code localhost} and literal loopback addresses. Looks up no name. */
public final class Loopback {

    private Loopback() {}

    /** Whether only this machine reaches {@code host}, brackets or not; any name but {@code localhost} is reachable. */
    public static boolean is(String host) {
        if (host.toLowerCase(Locale.ROOT).equals("localhost")) {
            return true;
        }
        String literal = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        try {
            return InetAddress.ofLiteral(literal).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
