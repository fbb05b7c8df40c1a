package dev.cxotel.bridge.console;

import java.util.Map;

/** A changing call of the admin API. It needs the token and leaves an audit record before and after. */
@FunctionalInterface
public interface AdminAction {

    /**
     * Makes the change and returns what to tell the caller, as JSON.
     *
     * @param parameters the query's parameters, the first value of each; no payload values
     * @throws Exception when it could not be made; recorded, and answered 500
     */
    String run(Map<String, String> parameters) throws Exception;
}
