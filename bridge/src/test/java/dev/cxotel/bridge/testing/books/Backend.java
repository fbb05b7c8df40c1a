package dev.cxotel.bridge.testing.books;

import dev.cxotel.bridge.signal.Signal;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;

/** An OTLP backend of a test that remembers what it stored, repeats included. */
public interface Backend {

    /** Where it listens on the loopback address. */
    int port();

    List<Span> spans();

    List<LogRecord> logs();

    List<Metric> metrics();

    /** How many items of the requests that it accepted it said it would not take. */
    long rejected(Signal signal);
}
