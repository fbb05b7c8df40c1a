package dev.cxotel.bridge.otlp;

import dev.cxotel.bridge.config.DestinationConfig.BadRequest;
import io.opentelemetry.sdk.common.export.Compressor;
import io.opentelemetry.sdk.common.export.GrpcSender;
import io.opentelemetry.sdk.common.export.GrpcSenderConfig;
import io.opentelemetry.sdk.common.export.GrpcSenderProvider;
import io.opentelemetry.sdk.common.export.RetryPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/** The senders of a destination's gRPC exporters: the SDK's own, listened to. */
record GrpcSenders(String userAgent, BadRequest badRequest) implements GrpcSenderProvider {
    @Override
    public GrpcSender createSender(GrpcSenderConfig config) {
        GrpcSenderProvider sdk = ServiceLoader.load(GrpcSenderProvider.class)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the SDK's gRPC sender is not on the class path"));
        return new OtlpGrpcSender(
                sdk.createSender(new WithUserAgent(config, userAgent)), config.getTimeout(), badRequest);
    }

    /** The exporter's settings with our name in place of the SDK's. */
    private record WithUserAgent(GrpcSenderConfig config, String userAgent) implements GrpcSenderConfig {
        @Override
        public URI getEndpoint() {
            return config.getEndpoint();
        }

        @Override
        public String getFullMethodName() {
            return config.getFullMethodName();
        }

        @Override
        public @Nullable Compressor getCompressor() {
            return config.getCompressor();
        }

        @Override
        public Duration getTimeout() {
            return config.getTimeout();
        }

        @Override
        public Duration getConnectTimeout() {
            return config.getConnectTimeout();
        }

        @Override
        public Supplier<Map<String, List<String>>> getHeadersSupplier() {
            return () -> {
                Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                headers.putAll(config.getHeadersSupplier().get());
                headers.put("User-Agent", List.of(userAgent));
                return headers;
            };
        }

        @Override
        public @Nullable RetryPolicy getRetryPolicy() {
            return null;
        }

        @Override
        public @Nullable SSLContext getSslContext() {
            return config.getSslContext();
        }

        @Override
        public @Nullable X509TrustManager getTrustManager() {
            return config.getTrustManager();
        }

        @Override
        public @Nullable ExecutorService getExecutorService() {
            return config.getExecutorService();
        }
    }
}
