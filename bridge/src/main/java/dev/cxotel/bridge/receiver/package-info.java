/** HTTP in: {@link dev.cxotel.bridge.receiver.Receiver} for webhooks, {@link dev.cxotel.bridge.receiver.HealthServer}. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.receiver;
