package dev.cxotel.bridge.benchmark;

import io.helidon.webserver.WebServer;

/** The yardstick: a Helidon server that reads the body and answers 200, and does nothing else. */
public final class BareHandler {

    private BareHandler() {}

    /** Listens until it is killed; prints the port. */
    public static void main(String[] arguments) {
        WebServer server = WebServer.builder()
                .host("127.0.0.1")
                .port(0)
                .routing(routing -> routing.post("/", (request, response) -> {
                    byte[] body = request.content().as(byte[].class);
                    response.send("{\"bytes\":" + body.length + "}");
                }))
                .build()
                .start();
        System.out.println(server.port());
    }
}
