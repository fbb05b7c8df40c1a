package dev.cxotel.bridge.console;

import java.util.Map;

/** A call of the admin API. It needs the token; a changing one leaves an audit record before and after. */
@FunctionalInterface
public interface AdminAction {

    /** The parameter that says who calls; set by the API, never by the caller. */
    String WHO = "@who";

    /**
     * Does it and returns what to tell the caller, as JSON.
     *
     * @param parameters the query's parameters, the first value of each; no payload values
     * @throws RefusedCallException when it asks for something that cannot be; answered 422
     * @throws Exception when it could not be made; recorded, and answered 500
     */
    String run(Map<String, String> parameters) throws Exception;
}
