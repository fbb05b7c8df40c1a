/** The commands that answer a question and keep nothing: of a configuration, a body, a captured request, a contact, a destination. */
@org.jspecify.annotations.NullMarked
package dev.cxotel.bridge.cli.look;
