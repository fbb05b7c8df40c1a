package dev.cxotel.bridge.config.scheme;

import java.util.List;
import java.util.Optional;

/**
 * A scheme whose string to sign is a template.
 *
 * @param signature where the signature stands; a list may hold several, of which one must verify
 * @param timestamp empty: the scheme knows no time, and a captured request verifies for ever
 */
public record TemplateScheme(
        String name,
        Carrier signature,
        Encoding encoding,
        List<AllowedAlgorithm> algorithms,
        Optional<Timestamp> timestamp,
        Tolerance tolerance,
        Optional<Carrier> consumerId,
        Optional<Carrier> keyVersion,
        Template template)
        implements Scheme {

    public TemplateScheme {
        algorithms = List.copyOf(algorithms);
    }

    @Override
    public boolean coversBody() {
        return template.pieces().stream().anyMatch(piece -> piece instanceof Template.Value value && value.isBody());
    }

    @Override
    public boolean carriesConsumerId() {
        return consumerId.isPresent();
    }

    @Override
    public boolean carriesKeyVersion() {
        return keyVersion.isPresent();
    }

    @Override
    public boolean carriesTime() {
        return timestamp.isPresent() && template.uses(Template.Value.TIMESTAMP);
    }

    @Override
    public boolean needsBody() {
        return coversBody();
    }
}
