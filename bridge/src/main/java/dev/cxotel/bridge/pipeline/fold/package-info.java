/** From measurements to points, in memory and with chosen times: {@link Fold}; {@link OneFold} outside any pipeline. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.pipeline.fold;
