package dev.cxotel.bridge.auth.signature.message;

import dev.cxotel.bridge.auth.HeaderField;
import dev.cxotel.bridge.auth.PublicUrl;
import dev.cxotel.bridge.auth.RequestedUrl;
import dev.cxotel.bridge.auth.signature.FlawException;
import dev.cxotel.bridge.auth.signature.OutgoingRequest;
import dev.cxotel.bridge.auth.signature.Signed;
import dev.cxotel.bridge.auth.signature.SignedUrls;
import dev.cxotel.bridge.auth.signature.Signer;
import dev.cxotel.bridge.config.scheme.AllowedAlgorithm;
import dev.cxotel.bridge.config.scheme.MessageScheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** Signs by RFC 9421 what the scheme demands, and adds the digest where it is among that. */
public final class MessageSigner implements Signer {

    private static final String LABEL = "sig1";

    private final MessageScheme scheme;
    private final AllowedAlgorithm algorithm;
    private final Identity identity;
    private final SignedComponents base;

    public MessageSigner(MessageScheme scheme, AllowedAlgorithm algorithm, Identity identity) {
        this.scheme = scheme;
        this.algorithm = algorithm;
        this.identity = identity;
        PublicUrl asSent = new RequestedUrl();
        PublicUrl signed = identity.signatureUrl()
                .map(configured -> (PublicUrl) request -> configured)
                .orElse(asSent);
        this.base = new SignedComponents(new SignedUrls(asSent, signed));
    }

    @Override
    public Signed sign(OutgoingRequest request) {
        Instant now = identity.clock().instant();
        List<HeaderField> added = new ArrayList<>();
        if (scheme.components().contains(ContentDigest.NAME)) {
            added.add(new HeaderField("Content-Digest", ContentDigest.of(request.body())));
        }
        List<FieldValue.Item> items = scheme.components().stream()
                .map(component -> new FieldValue.Item(new FieldValue.Text(component), new LinkedHashMap<>()))
                .toList();
        SequencedMap<String, FieldValue> parameters = new LinkedHashMap<>();
        parameters.put("created", new FieldValue.Whole(now.getEpochSecond()));
        parameters.put("keyid", new FieldValue.Text(identity.keyVersion().orElseThrow()));
        Algorithms.name(algorithm.algorithm()).ifPresent(name -> parameters.put("alg", new FieldValue.Text(name)));
        FieldValue.InnerList covered = new FieldValue.InnerList(items, parameters);
        byte[] message;
        try {
            message = base.of(request.asReceived(added, List.of(), now), covered);
        } catch (FlawException e) {
            throw new IllegalArgumentException("the request lacks what the scheme signs: " + e.getMessage(), e);
        }
        byte[] signature = identity.key().sign(algorithm.algorithm(), message);
        added.add(new HeaderField("Signature-Input", LABEL + "=" + covered.text()));
        added.add(new HeaderField("Signature", LABEL + "=" + new FieldValue.Binary(signature).text()));
        return new Signed(added, request.url());
    }
}
