/** The demo: a simulated contact centre, a bridge and a preview in one process, and both ends compared. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.cli.demo;
