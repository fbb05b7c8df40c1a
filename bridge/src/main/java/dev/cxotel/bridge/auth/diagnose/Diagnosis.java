package dev.cxotel.bridge.auth.diagnose;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What was found out about a request that did not verify. Of what the sender sent it holds names only.
 *
 * @param presets what each preset says of it: {@code verified} or the first thing that is wrong
 * @param matches the schemes that would have verified it, presets first
 * @param complete whether everything was tried; not when the request offers too much to try
 */
public record Diagnosis(
        Instant at,
        String subscription,
        List<String> headers,
        List<String> parameters,
        SequencedMap<String, String> presets,
        List<Match> matches,
        boolean complete) {

    public Diagnosis {
        headers = List.copyOf(headers);
        parameters = List.copyOf(parameters);
        matches = List.copyOf(matches);
    }

    /**
     * A scheme that would have verified the request.
     *
     * @param url which URL the sender signed; empty where the scheme signs none
     * @param age how old the request says it is, by our clock; negative when it comes from the future
     * @param timely whether it would have been in time too
     * @param configuration what to write below {@code auth.signature}
     */
    public record Match(
            String scheme,
            String keyVersion,
            String algorithm,
            Optional<String> url,
            Optional<Duration> age,
            boolean timely,
            String configuration) {}

    /** As a tree of texts, numbers, lists and maps, for JSON. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("at", at.toString());
        map.put("subscription", subscription);
        map.put("headers", headers);
        map.put("parameters", parameters);
        map.put("presets", presets);
        List<Map<String, Object>> found = new ArrayList<>();
        for (Match match : matches) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("scheme", match.scheme());
            one.put("key_version", match.keyVersion());
            one.put("algorithm", match.algorithm());
            match.url().ifPresent(url -> one.put("url", url));
            match.age().ifPresent(age -> one.put("age_seconds", age.toMillis() / 1000.0));
            one.put("timely", match.timely());
            one.put("configuration", match.configuration());
            found.add(one);
        }
        map.put("would_verify", found);
        map.put("complete", complete);
        return map;
    }

    /** For a person; each line ends with a line feed. */
    public String toText() {
        StringBuilder text = new StringBuilder();
        text.append("headers: ").append(String.join(", ", headers)).append('\n');
        text.append("query parameters: ")
                .append(parameters.isEmpty() ? "none" : String.join(", ", parameters))
                .append('\n');
        presets.forEach((name, verdict) ->
                text.append("scheme ").append(name).append(": ").append(verdict).append('\n'));
        for (Match match : matches) {
            text.append("would verify: ")
                    .append(match.scheme())
                    .append(" with key version ")
                    .append(match.keyVersion())
                    .append(", ")
                    .append(match.algorithm());
            match.url().ifPresent(url -> text.append(", over the URL ").append(url));
            match.age().ifPresent(age -> text.append(", ").append(age(age)));
            text.append(match.timely() ? "" : ", which is out of tolerance").append('\n');
            match.configuration()
                    .lines()
                    .forEach(line -> text.append("    ").append(line).append('\n'));
        }
        if (matches.isEmpty()) {
            text.append("nothing that was tried would verify: another key, or a scheme that is not known here")
                    .append(complete ? "" : "; not everything could be tried")
                    .append('\n');
        }
        return text.toString();
    }

    private static String age(Duration age) {
        return age.isNegative()
                ? "signed " + age.negated().toSeconds() + " s after our clock"
                : "signed " + age.toSeconds() + " s ago by our clock";
    }
}
