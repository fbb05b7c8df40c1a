/**
 * A simulated contact centre that posts what CXone posts, and knows exactly what it posted. {@link
 * dev.cxotel.bridge.simulator.ContactCentre} makes the webhooks, {@link dev.cxotel.bridge.simulator.Load} posts them,
 * {@link dev.cxotel.bridge.simulator.Tally} counts what was acknowledged.
 */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.simulator;
