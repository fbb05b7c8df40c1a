import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.resource.v1.Resource;

/** A whole OTLP/HTTP backend: takes binary protobuf in gzip on a free port of the loopback address and prints it. */
void main() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    take(server, "/v1/traces", body -> {
        for (var resource : ExportTraceServiceRequest.parseFrom(body).getResourceSpansList()) {
            for (var scope : resource.getScopeSpansList()) {
                for (var span : scope.getSpansList()) {
                    var trace = "trace " + HexFormat.of().formatHex(span.getTraceId().toByteArray());
                    print("span", resource.getResource(), span.getName(), trace, span.getAttributesList());
                }
            }
        }
    });
    take(server, "/v1/metrics", body -> {
        for (var resource : ExportMetricsServiceRequest.parseFrom(body).getResourceMetricsList()) {
            for (var scope : resource.getScopeMetricsList()) {
                scope.getMetricsList().forEach(metric -> printPoints(resource.getResource(), metric));
            }
        }
    });
    take(server, "/v1/logs", body -> {
        for (var resource : ExportLogsServiceRequest.parseFrom(body).getResourceLogsList()) {
            for (var scope : resource.getScopeLogsList()) {
                for (var log : scope.getLogRecordsList()) {
                    print("log", resource.getResource(), log.getEventName(), "", log.getAttributesList());
                }
            }
        }
    });
    server.start();
    IO.println("listening on http://127.0.0.1:" + server.getAddress().getPort());
}

void printPoints(Resource resource, Metric metric) {
    for (var point : metric.getHistogram().getDataPointsList()) {
        var value = "n=" + point.getCount() + " sum=" + point.getSum() + " " + metric.getUnit();
        print("metric", resource, metric.getName(), value, point.getAttributesList());
    }
    for (var point : metric.getSum().getDataPointsList()) {
        var value = point.getAsInt() + " " + metric.getUnit();
        print("metric", resource, metric.getName(), value, point.getAttributesList());
    }
}

synchronized void print(String signal, Resource resource, String name, String value, List<KeyValue> attributes) {
    var service = text(resource.getAttributesList(), "service.name");
    var line = new StringBuilder("%-6s  %-12s  %s".formatted(signal, service, name));
    line.append(value.isEmpty() ? "" : "  " + value);
    for (var key : List.of("cxone.skill.name", "cxone.voice.quality.verdict", "error.type")) {
        var found = text(attributes, key);
        line.append(found.isEmpty() ? "" : "  " + key + "=" + found);
    }
    IO.println(line);
}

String text(List<KeyValue> attributes, String key) {
    for (var attribute : attributes) {
        if (attribute.getKey().equals(key)) {
            var value = attribute.getValue();
            return value.hasIntValue() ? "" + value.getIntValue() : value.getStringValue();
        }
    }
    return "";
}

interface Taker {
    void take(byte[] body) throws IOException;
}

void take(HttpServer server, String path, Taker taker) {
    server.createContext(path, exchange -> {
        try (exchange; var body = new java.util.zip.GZIPInputStream(exchange.getRequestBody())) {
            taker.take(body.readAllBytes());
            exchange.sendResponseHeaders(200, -1);
        }
    });
}
