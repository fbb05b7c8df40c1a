package dev.cxotel.bridge.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Ports for servers that have to know theirs before they start. They lie below those that the system gives to connections
 * and to servers which ask for any port, and each is handed out once while this process lives: it is claimed by a lock on
 * one byte of a file that all tests of this user share.
 */
public final class Ports {

    private static final int FIRST = 10_000;
    private static final int LAST = 19_999;
    private static final Path CLAIMS =
            Path.of(System.getProperty("java.io.tmpdir"), "cxotel-test-ports-" + System.getProperty("user.name"));

    private static final FileChannel CLAIMED = open();
    private static int next = FIRST;

    private Ports() {}

    /** A port of the loopback address that nobody listens on and no other test gets. */
    public static synchronized int free() throws IOException {
        while (next <= LAST) {
            int port = next++;
            if (CLAIMED.tryLock(port, 1, false) != null && isFree(port)) {
                return port;
            }
        }
        throw new IOException("no port from " + FIRST + " to " + LAST + " is free");
    }

    private static FileChannel open() {
        try {
            return FileChannel.open(CLAIMS, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort() == port;
        } catch (IOException e) {
            return false;
        }
    }
}
