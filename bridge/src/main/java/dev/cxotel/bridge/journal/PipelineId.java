package dev.cxotel.bridge.journal;

/**
 * The name of a pipeline.
 *
 * @param signal {@code traces}, {@code metrics} or {@code logs}, or another word for a reader that is no destination
 */
public record PipelineId(String destination, String signal) {
    @Override
    public String toString() {
        return destination + "/" + signal;
    }
}
