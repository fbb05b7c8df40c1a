/**
 * How much is going on: the gauges of active contacts, scripts and actions, counted at the door and sent beside the
 * pipelines. The front doors are {@link dev.cxotel.bridge.volumes.Volumes} and {@link
 * dev.cxotel.bridge.volumes.VolumeGauges}.
 */
@NullMarked
package dev.cxotel.bridge.volumes;

import org.jspecify.annotations.NullMarked;
