package dev.cxotel.semconv.generator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlantedFaultTest {

    private static final String ATTRIBUTES = "attributes.yaml";
    private static final String SIGNALS = "bridge/signals.yaml";

    @TempDir
    private Path directory;

    @Test
    void check_soundRegistry_noProblem() throws IOException {
        assertThat(new SmallRegistry(directory).problems()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            wrong instrument      | instrument: histogram       | instrument: histogramm        | metrics[cxone.line.mos].instrument
            unknown property      | brief: Deliveries.          | breif: Deliveries.            | 'breif'
            key twice             | brief: Deliveries.          | stability: development        | Duplicate field 'stability'
            empty brief           | brief: Deliveries.          | brief: ""                     | metrics[cxotel.receiver.deliveries].brief
            unknown level         | requirement_level: opt_in   | requirement_level: optional   | attributes[geo.country.iso_code].requirement_level
            wrong format          | file_format: definition/2   | file_format: definition/1     | file_format
            wrong kind            | kind: client                | kind: customer                | spans[cxone.call].kind
            unknown reference     | ref: geo.country.iso_code   | ref: geo.country.isocode      | attribute_groups[cxone.line].attributes[geo.country.isocode]: unknown attribute
            unknown group         | ref_group: cxone.line       | ref_group: cxone.lines        | metrics[cxone.line.mos].attributes[cxone.lines]: unknown attribute group
            deprecated reference  | ref: geo.country.iso_code   | ref: http.status_code         | deprecated
            core type             | cxotel: { type: int }       | cxotel: { type: string }      | attributes[http.response.status_code]: wrong type: string, but the attribute is int
            core example          | examples: [200]             | examples: ["200"]             | attributes[http.response.status_code].examples: wrong type: 200 is no int
            own metric's name     | ref_group: cxone.line       | ref: cxone.line.mos, requirement_level: opt_in | bears the name of its own metric
            another metric's name | ref: http.response.status_code | ref: cxone.line.mos        | the attribute of cxotel.receiver.deliveries bears the name of a metric
            no bounds             | annotations: { cxotel: { bounds: [1, 2.5, 5] } } | note: None.  | metrics[cxone.line.mos].annotations.cxotel.bounds: a histogram needs bounds
            falling bounds        | [1, 2.5, 5]                 | [1, 5, 2.5]                   | not ascending at 2.5
            equal bounds          | [1, 2.5, 5]                 | [1, 2.5, 2.5]                 | not ascending at 2.5
            bounds of a counter   | note: Alert when there are none. | annotations: { cxotel: { bounds: [1] } } | only a histogram has bounds
            metric twice          | cxotel.receiver.deliveries  | cxone.line.mos                | the metric is defined twice
            same Java constant    | cxotel.receiver.deliveries  | cxone.line_mos                | becomes the same Java constant as cxone.line.mos
            foreign namespace     | cxotel.receiver.deliveries  | nice.deliveries               | metrics[nice.deliveries]: illegal name
            no advice             | note: Alert when there are none. | note: Look at it.        | metrics[cxotel.receiver.deliveries].note: a metric of the bridge says
            field twice           | field: EndDateTime          | field: AvgMos                 | fields[AvgMos]: the field is described twice
            unknown metric        | metric: cxone.line.mos }    | metric: cxone.line.pos }      | unknown metric cxone.line.pos
            """)
    void check_faultAmongSignals_toldWithFileAndPath(String name, String text, String fault, String told)
            throws IOException {
        SmallRegistry registry = new SmallRegistry(directory).with(SIGNALS, text, flow(fault));

        assertThat(registry.problems()).as(name).anySatisfy(problem -> assertThat(problem)
                .startsWith(registry.model().resolve(SIGNALS).toString())
                .contains(told));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            wrong type       | type: double             | type: float                   | attributes[cxone.line.mos].type
            missing brief    | brief: The score.        | note: The score.              | attributes[cxone.line.mos]: required property 'brief'
            example's type   | examples: [4.0]          | examples: [high]              | attributes[cxone.line.mos].examples: wrong type: high is no double
            no examples      | examples: ["1"]          | note: None.                   | attributes[cxone.contact.id].examples
            privacy          | privacy: identifier      | privacy: secret               | attributes[cxone.contact.id].annotations.cxotel.privacy
            upper case       | key: cxone.contact.id    | key: cxone.contact.Id         | attributes[cxone.contact.Id]: illegal name
            illegal letter   | key: cxone.contact.id    | key: cxone.contact-id         | attributes[cxone.contact-id]: illegal name
            trailing dot     | key: cxone.contact.id    | key: cxone.contact.           | illegal name
            defined twice    | key: cxone.contact.id    | key: cxone.line.mos           | the attribute is defined twice, also in
            core's own       | key: cxone.contact.id    | key: http.request.method      | the attribute is OpenTelemetry's
            member twice     | value: poor              | value: good                   | good is there twice
            unused           | key: cxone.contact.id    | key: cxone.contact.number     | attributes[cxone.contact.number]: the attribute is referenced by no signal
            namespace        | key: cxone.contact.id    | key: cxone.line               | attributes[cxone.line]: the attribute is a namespace of the attribute cxone.line.mos
            """)
    void check_faultAmongAttributes_toldWithFileAndPath(String name, String text, String fault, String told)
            throws IOException {
        SmallRegistry registry = new SmallRegistry(directory).with(ATTRIBUTES, text, fault);

        assertThat(registry.problems()).as(name).anySatisfy(problem -> assertThat(problem)
                .startsWith(registry.model().resolve(ATTRIBUTES).toString())
                .contains(told));
    }

    @Test
    void check_severalFaults_allTold() throws IOException {
        SmallRegistry registry = new SmallRegistry(directory)
                .with(SIGNALS, "[1, 2.5, 5]", "[5, 1]")
                .with(ATTRIBUTES, "key: cxone.contact.id", "key: cxone.contact.number");

        assertThat(registry.problems()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void check_notYaml_toldWithLine() throws IOException {
        SmallRegistry registry = new SmallRegistry(directory).with(ATTRIBUTES, "examples: [\"1\"]", "examples: [\"1\"");

        assertThat(registry.problems()).singleElement().asString().contains(ATTRIBUTES + ": line ");
    }

    @Test
    void check_signalReferringTwice_told() throws IOException {
        SmallRegistry registry = new SmallRegistry(directory)
                .with(SIGNALS, "  - ref: geo.country.iso_code", "  - ref: cxone.line.quality");

        assertThat(registry.problems()).anyMatch(problem -> problem.contains("refers to the attribute twice"));
    }

    @Test
    void check_noSchemaUrl_told() throws IOException {
        SmallRegistry registry = new SmallRegistry(directory);
        Files.writeString(registry.model().resolve("manifest.yaml"), "description: None.\n");

        assertThat(registry.problems()).singleElement().asString().contains("manifest.yaml: schema_url");
    }

    /** A second key of a planted list entry, which a line of the table cannot hold. */
    private static String flow(String fault) {
        return fault.replace(", requirement_level:", "\n        requirement_level:");
    }
}
