package dev.cxotel.bridge.pipeline.fold;

import dev.cxotel.bridge.signal.Measurement;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;

/** The measurements of one event. */
public record Measured(Resource resource, List<Measurement> measurements) {}
