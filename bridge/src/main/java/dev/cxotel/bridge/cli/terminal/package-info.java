/** What every command has: the configuration it reads, what it prints, how it exits, its version. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.cli.terminal;
