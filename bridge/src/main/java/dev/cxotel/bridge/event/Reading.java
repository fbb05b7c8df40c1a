package dev.cxotel.bridge.event;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** What the bytes of a body turned out to be; there is one answer for every byte sequence. */
public sealed interface Reading {

    /** Nothing but white space: CXone's connection test, for example. */
    record Empty() implements Reading {}

    /**
     * Not JSON, not even after repair.
     *
     * @param problem one sentence without payload values
     */
    record NotJson(String problem) implements Reading {}

    /**
     * JSON.
     *
     * @param documents what the body holds, arrays and JSON inside strings resolved: objects, and the scalars that
     *     stood where an object should; empty for an empty array
     * @param repairs each repaired or unwrapped form once
     */
    record Documents(List<JsonNode> documents, List<Finding> repairs) implements Reading {
        public Documents {
            documents = List.copyOf(documents);
            repairs = List.copyOf(repairs);
        }
    }
}
