package dev.cxotel.bridge.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** {@code GET /api/v1/diagnose}: the last diagnoses of requests that did not verify, the newest first. */
public final class DiagnoseCall implements AdminAction {

    /** Its path below {@code /api/v1/}. */
    public static final String PATH = "diagnose";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Supplier<List<Map<String, Object>>> diagnoses;

    public DiagnoseCall(Supplier<List<Map<String, Object>>> diagnoses) {
        this.diagnoses = diagnoses;
    }

    @Override
    public String run(Map<String, String> parameters) throws JsonProcessingException {
        return JSON.writeValueAsString(Map.of("diagnoses", diagnoses.get()));
    }
}
