/** The slice of the derived event that stands for a contact: its root span. The front door is {@code ContactSlice}. */
@NullMarked
package dev.cxotel.bridge.contactroot;

import org.jspecify.annotations.NullMarked;
