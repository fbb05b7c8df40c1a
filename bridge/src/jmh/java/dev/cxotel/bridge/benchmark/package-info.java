/** Benchmarks: the steps of an event's way by JMH, and the whole program beside a bare handler. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.benchmark;
