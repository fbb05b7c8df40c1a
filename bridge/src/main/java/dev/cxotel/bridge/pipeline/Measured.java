package dev.cxotel.bridge.pipeline;

import dev.cxotel.bridge.signal.Measurement;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;

/** The measurements of one event. */
record Measured(Resource resource, List<Measurement> measurements) {}
