package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.event.EventType;
import dev.cxotel.bridge.pipeline.patience.Sleeper;
import dev.cxotel.bridge.signal.Decoder;
import dev.cxotel.bridge.signal.Slice;
import dev.cxotel.bridge.telemetry.Telemetry;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import java.util.function.Function;

/**
 * What all pipelines share.
 *
 * @param slices the slice of a type of event
 * @param scope of the metrics; spans and log records bring their own
 * @param cardinalityLimit series per metric and resource, the overflow series included
 * @param translation names all that makes telemetry of events, across restarts; empty: not known
 * @param random from 0 (inclusive) to 1, for the spread of retries
 */
public record PipelineSettings(
        Decoder decoder,
        Function<EventType, Optional<Slice>> slices,
        InstrumentationScopeInfo scope,
        int cardinalityLimit,
        String translation,
        Telemetry telemetry,
        InstantSource clock,
        DoubleSupplier random,
        Sleeper sleeper) {
    /** Of a translation that never changes. */
    public PipelineSettings(
            Decoder decoder,
            Function<EventType, Optional<Slice>> slices,
            InstrumentationScopeInfo scope,
            int cardinalityLimit,
            Telemetry telemetry,
            InstantSource clock,
            DoubleSupplier random,
            Sleeper sleeper) {
        this(decoder, slices, scope, cardinalityLimit, "", telemetry, clock, random, sleeper);
    }
}
