package dev.cxotel.bridge.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.cxotel.bridge.config.BridgeConfig;
import dev.cxotel.bridge.console.AdminAnswer;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The calls of one command, their answers read. */
final class Calls {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Seams.Calls calls;
    private final BridgeConfig config;

    Calls(Seams.Calls calls, BridgeConfig config) {
        this.calls = calls;
        this.config = config;
    }

    JsonNode get(String path, Map<String, String> query) throws Exception {
        return call("GET", path, query);
    }

    JsonNode post(String path, Map<String, String> query) throws Exception {
        return call("POST", path, query);
    }

    private JsonNode call(String method, String path, Map<String, String> query) throws Exception {
        String call = query.isEmpty()
                ? path
                : new TreeMap<>(query)
                        .entrySet().stream()
                                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                                .collect(Collectors.joining("&", path + "?", ""));
        return switch (calls.call(config, method, call)) {
            case AdminAnswer.Ok answer -> JSON.readTree(answer.json());
            case AdminAnswer.Refused refused -> throw new IOException(refused.detail());
            case AdminAnswer.NoBridge nobody -> throw new IOException(nobody.why());
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
