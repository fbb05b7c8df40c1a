package dev.cxotel.bridge.pipeline.fold;

import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.export.AggregationTemporalitySelector;
import io.opentelemetry.sdk.metrics.export.DefaultAggregationSelector;

/**
 * How measurements become points for one destination.
 *
 * @param cardinalityLimit series per metric and resource, the overflow series included
 */
public record MeterSettings(
        InstrumentationScopeInfo scope,
        AggregationTemporalitySelector temporality,
        DefaultAggregationSelector aggregation,
        int cardinalityLimit) {}
