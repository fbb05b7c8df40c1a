package dev.cxotel.bridge.signal;

import java.util.OptionalDouble;

/**
 * What tells over many events whether the units assumed of their source are right.
 *
 * @param dataSource the record's {@code DataSource}, as it is written; an empty text without one
 * @param shown the same as it may be counted and logged; empty when it may not
 * @param packetLoss as a ratio under the present units; empty when it was not measured
 */
public record SourceSample(String dataSource, String shown, OptionalDouble packetLoss) {}
