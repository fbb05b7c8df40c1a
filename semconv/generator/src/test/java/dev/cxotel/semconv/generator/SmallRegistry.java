package dev.cxotel.semconv.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A sound registry with one of everything, for planting faults into. */
final class SmallRegistry {

    private static final String ATTRIBUTES = """
            file_format: definition/2
            attributes:
              - key: cxone.contact.id
                type: string
                stability: development
                brief: The contact.
                examples: ["1"]
                annotations: { cxotel: { privacy: identifier } }
              - key: cxone.line.quality
                type:
                  members:
                    - { id: good, value: good, stability: development, brief: It is good. }
                    - { id: poor, value: poor, stability: development, brief: It is poor. }
                stability: development
                brief: How `good` the line is, and **/ no end of it.
              - key: cxone.line.mos
                type: double
                stability: development
                brief: The score.
                examples: [4.0]
            """;

    private static final String SIGNALS = """
            file_format: definition/2
            attribute_groups:
              - id: cxone.line
                visibility: internal
                attributes:
                  - ref: cxone.line.quality
                    requirement_level: recommended
                  - ref: geo.country.iso_code
                    requirement_level: opt_in
            metrics:
              - name: cxone.line.mos
                instrument: histogram
                unit: "{score}"
                stability: development
                brief: The score of the lines.
                attributes:
                  - ref_group: cxone.line
                annotations: { cxotel: { bounds: [1, 2.5, 5] } }
              - name: cxotel.receiver.deliveries
                instrument: counter
                unit: "{delivery}"
                stability: development
                brief: Deliveries.
                note: Alert when there are none.
                attributes:
                  - ref: http.response.status_code
                    requirement_level: required
                    examples: [200]
                    annotations: { cxotel: { type: int } }
            spans:
              - type: cxone.call
                kind: client
                stability: development
                brief: A call.
                name: { note: "`call`" }
                attributes:
                  - ref: cxone.contact.id
                    requirement_level: required
            events:
              - name: cxone.call.ended
                stability: development
                brief: A call ended.
                attributes:
                  - ref: cxone.contact.id
                    requirement_level: { conditionally_required: there is one }
                    annotations: { cxotel: { source_field: ContactId } }
                  - ref: cxone.line.mos
                    requirement_level: recommended
                    annotations: { cxotel: { source_field: AvgMos } }
                annotations:
                  cxotel:
                    payload: voice_quality
                    fields:
                      - { field: EndDateTime, becomes: The time., metric: cxone.line.mos }
            """;

    private final Path directory;

    SmallRegistry(Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory.resolve("model/bridge"));
        Files.writeString(
                directory.resolve("model/manifest.yaml"), "schema_url: https://example.org/schemas/x/1.0.0\n");
        Files.writeString(directory.resolve("model/attributes.yaml"), ATTRIBUTES);
        Files.writeString(directory.resolve("model/bridge/signals.yaml"), SIGNALS);
    }

    /** Replaces the first {@code text} in {@code file}; it must be there. */
    SmallRegistry with(String file, String text, String other) throws IOException {
        Path path = model().resolve(file);
        String before = Files.readString(path);
        assertThat(before).contains(text);
        int at = before.indexOf(text);
        Files.writeString(path, before.substring(0, at) + other + before.substring(at + text.length()));
        return this;
    }

    Path model() {
        return directory.resolve("model");
    }

    Path sources() {
        return directory.resolve("sources");
    }

    Path table() {
        return directory.resolve("REFERENCE.md");
    }

    /** What the build does with {@code -Dreference.update}. */
    void generate() throws IOException, InvalidRegistryException {
        Main.run(model(), sources(), table(), true);
    }

    /** The problems that the build tells, or none. */
    List<String> problems() throws IOException {
        try {
            generate();
            return List.of();
        } catch (InvalidRegistryException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }
}
