package dev.cxotel.bridge.receiver.listener;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.Handler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.IntConsumer;

/** One listening address. Each request, whatever its method and path, goes to one handler on a virtual thread. */
public final class Listener {

    private static final Duration SHUTDOWN_GRACE = Duration.ofSeconds(1);

    private final WebServer server;

    private Listener(WebServer server) {
        this.server = server;
    }

    /**
     * Binds and starts to serve.
     *
     * @param malformed told the status of each request that was answered before it could be handed to the handler
     * @throws IOException when the address cannot be bound; says why
     */
    public static Listener start(ListenerConfig config, Handler handler, IntConsumer malformed) throws IOException {
        try {
            WebServer server = server(config, handler, malformed).start();
            if (server.isRunning()) {
                return new Listener(server);
            }
        } catch (RuntimeException e) {
            throw new IOException("cannot listen on " + config.host() + ":" + config.port() + ": " + e.getMessage(), e);
        }
        throw new IOException("cannot listen on " + config.host() + ":" + config.port() + ": "
                + reason(config.host(), config.port()));
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    /** Closes the address and every connection; requests in progress have a second to end. */
    public void stop() {
        server.stop();
    }

    private static WebServer server(ListenerConfig config, Handler handler, IntConsumer malformed) {
        WebServerConfig.Builder builder = WebServer.builder();
        config.tls().ifPresent(builder::tls);
        return builder.name(config.name())
                .host(config.host())
                .port(config.port())
                .shutdownHook(false)
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false)
                .addConnectionSelector(new PacedConnections(config, System::nanoTime))
                .connectionOptions(new TimedSockets(config.tick()))
                .useNio(false)
                .maxTcpConnections(config.maxConnections())
                .contentEncoding(new WireBodies())
                .shutdownGracePeriod(SHUTDOWN_GRACE)
                .directHandlers(problems(malformed))
                .routing(routing -> routing.addFilter(PacedConnections.filter()).any(handler))
                .build();
    }

    /** Helidon's start logs why an address cannot be bound, and returns. */
    private static String reason(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, port));
            return "it did not start";
        } catch (IOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static DirectHandlers problems(IntConsumer malformed) {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (request, event, status, headers, message) -> problem(status, malformed));
        }
        return handlers.build();
    }

    /** The handler answers its own failures: what fails outside it is Helidon's parser, over bytes that are no HTTP. */
    private static DirectHandler.TransportResponse problem(Status found, IntConsumer malformed) {
        Status status = found.code() == Status.INTERNAL_SERVER_ERROR_500.code() ? Status.BAD_REQUEST_400 : found;
        malformed.accept(status.code());
        Problem problem = new Problem(
                status.code(), "malformed_request", "The request is not acceptable HTTP/1.1", status.reasonPhrase());
        return DirectHandler.TransportResponse.builder()
                .status(status)
                .header(HeaderNames.CONTENT_TYPE, Problem.CONTENT_TYPE)
                .entity(problem.toJson())
                .keepAlive(false)
                .build();
    }
}
