package dev.cxotel.bridge.receiver.listener;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.LongSupplier;

/**
 * Helidon's HTTP/1.1 connections, reading through a {@link PacedSource}. It must be the listener's only protocol:
 * Helidon then asks for the connection before it reads a byte.
 */
final class PacedConnections implements ServerConnectionSelector {

    private static final int MAX_REQUEST_LINE = 8192;

    private final Http1ConnectionSelector http1 = Http1ConnectionSelector.builder()
            .config(config -> config.maxPrologueLength(MAX_REQUEST_LINE))
            .build();
    private final ListenerConfig config;
    private final LongSupplier nanoTime;

    PacedConnections(ListenerConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.nanoTime = nanoTime;
    }

    /** Tells the connection's source when a request's handling begins and ends. */
    static Filter filter() {
        return (chain, request, response) -> {
            PacedSource source = PacedSource.current();
            source.requestBegins();
            try {
                chain.proceed();
            } finally {
                source.requestEnds();
            }
        };
    }

    @Override
    public int bytesToIdentifyConnection() {
        return http1.bytesToIdentifyConnection();
    }

    @Override
    public Support supports(BufferData data) {
        return http1.supports(data);
    }

    @Override
    public Set<String> supportedApplicationProtocols() {
        return http1.supportedApplicationProtocols();
    }

    @Override
    public ServerConnection connection(ConnectionContext context) {
        PacedSource source = new PacedSource(context.serverSocket(), config, nanoTime);
        return new PacedConnection(http1.connection(new PacedContext(context, source.reader())), source);
    }

    /** A connection that its handlers find as {@link PacedSource#current()}. */
    private record PacedConnection(ServerConnection http1, PacedSource source)
            implements ServerConnection, InterruptableTask<Void> {

        @Override
        public void handle(Limit limit) throws InterruptedException {
            ScopedValue.where(PacedSource.CURRENT, source).<Void, InterruptedException>call(() -> {
                http1.handle(limit);
                return null;
            });
        }

        @Override
        public Duration idleTime() {
            return http1.idleTime();
        }

        @Override
        public void close(boolean interrupt) {
            http1.close(interrupt);
        }

        @Override
        public boolean canInterrupt() {
            return http1 instanceof InterruptableTask<?> task && task.canInterrupt();
        }
    }

    /** The connection's context with another reader. */
    private record PacedContext(ConnectionContext context, DataReader dataReader) implements ConnectionContext {

        @Override
        public ListenerContext listenerContext() {
            return context.listenerContext();
        }

        @Override
        public ExecutorService executor() {
            return context.executor();
        }

        @Override
        public DataWriter dataWriter() {
            return context.dataWriter();
        }

        @Override
        public Router router() {
            return context.router();
        }

        @Override
        public Optional<ProxyProtocolData> proxyProtocolData() {
            return context.proxyProtocolData();
        }

        @Override
        public HelidonSocket serverSocket() {
            return context.serverSocket();
        }

        @Override
        public PeerInfo remotePeer() {
            return context.remotePeer();
        }

        @Override
        public PeerInfo localPeer() {
            return context.localPeer();
        }

        @Override
        public boolean isSecure() {
            return context.isSecure();
        }

        @Override
        public String socketId() {
            return context.socketId();
        }

        @Override
        public String childSocketId() {
            return context.childSocketId();
        }
    }
}
