package dev.cxotel.bridge.doctor;

import dev.cxotel.bridge.config.DestinationConfig;
import dev.cxotel.bridge.config.DestinationConfig.Protocol;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import dev.cxotel.bridge.otlp.answer.ExportResult.Accepted;
import dev.cxotel.bridge.otlp.answer.ExportResult.Retryable;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What a person can do about an answer. */
final class Advice {

    private static final Duration TOLERABLE_SKEW = Duration.ofMinutes(2);

    private final DestinationConfig destination;
    private final Map<String, String> variables;

    /** @param variables of the destination's preset, with their meaning */
    Advice(DestinationConfig destination, Map<String, String> variables) {
        this.destination = destination;
        this.variables = variables;
    }

    List<String> of(String signal, URI url, ExportResult result, Optional<Duration> skew) {
        List<String> advice = new ArrayList<>();
        if (result instanceof Accepted accepted) {
            accepted(accepted, advice);
        } else {
            int status = overGrpc() ? GrpcKind.of(result) : result.status();
            if (status == 0 && result instanceof Retryable retryable) {
                unreached(url, retryable, advice);
            } else {
                answered(status, signal, url, result, advice);
            }
        }
        skew.filter(apart -> apart.abs().compareTo(TOLERABLE_SKEW) > 0)
                .ifPresent(apart ->
                        advice.add("This machine's clock is " + apart.abs().toSeconds() + " s "
                                + (apart.isNegative() ? "ahead of" : "behind")
                                + " the backend's: points may be refused as too old or too new; set it by NTP."));
        return advice;
    }

    private static void accepted(Accepted accepted, List<String> advice) {
        if (accepted.rejected() > 0) {
            advice.add("The backend took the request but refused " + accepted.rejected() + " item(s) of it; it says: "
                    + said(accepted));
        } else if (!accepted.message().isEmpty()) {
            advice.add("The backend accepted it with a warning: " + accepted.message());
        }
    }

    private void answered(int status, String signal, URI url, ExportResult result, List<String> advice) {
        switch (status) {
            case 401 -> advice.add("The key is missing or wrong: check " + keys() + ".");
            case 403 ->
                advice.add("The key is known, but not here: is " + url.getHost() + " the site or region of the account"
                        + " (key `region` or `endpoint`), and may the key write " + signal + "? It is given by "
                        + keys()
                        + ".");
            case 404, 405 -> advice.add(overGrpc() ? noService(signal, url) : noPath(signal, url));
            case 407 -> advice.add(proxyCredentials());
            case 413 -> advice.add("Even one item is too large for this endpoint: is a proxy in between?");
            case 415 ->
                advice.add(
                        overGrpc()
                                ? "What answers there does not speak gRPC: is this an address for OTLP over HTTP (port"
                                        + " 4318), for which `protocol: http/protobuf` is written?"
                                : "The endpoint does not take protobuf over HTTP: is this an address for gRPC (port"
                                        + " 4317), for which `protocol: grpc` is written, or of something else than"
                                        + " OTLP?");
            case 429 -> advice.add("The backend limits the rate: try later, or look at the account's quota.");
            case 502, 503, 504 -> advice.add("The backend is not available now: try later.");
            default ->
                advice.add("The backend refused it" + (result.status() == 0 ? "" : " with HTTP " + result.status())
                        + "; it says: " + said(result));
        }
    }

    private static String noService(String signal, URI url) {
        return "What listens at " + url.getHost() + ":" + port(url) + " speaks gRPC but takes no OTLP " + signal
                + ": leave " + signal + " out of `signals`, or give the address of an OTLP receiver (port 4317).";
    }

    private static String noPath(String signal, URI url) {
        return "Nothing takes OTLP at " + url.getRawPath() + ". `endpoint` is a base URL to which /v1/" + signal
                + " is appended; where the backend has another path, write the full URL as `endpoints." + signal
                + "`; if it takes no " + signal + ", leave it out of `signals`.";
    }

    private boolean overGrpc() {
        return destination.protocol() == Protocol.GRPC;
    }

    private void unreached(URI url, Retryable result, List<String> advice) {
        String host = url.getHost();
        String message = result.message();
        Optional<String> proxy = destination.proxy().map(address -> address.getHost() + ":" + address.getPort());
        if (proxy.isPresent() && message.contains("407")) {
            advice.add(proxyCredentials());
            return;
        }
        switch (result.reason()) {
            case "dns" ->
                advice.add("No address is known for " + proxy.orElse(host) + ": is the name right"
                        + (proxy.isPresent()
                                ? " in `proxy` or HTTPS_PROXY?"
                                : ", and does this machine need a proxy?"));
            case "connect" ->
                advice.add("Nothing listens at " + proxy.orElse(host + ":" + port(url))
                        + ": is it running, is the port right (OTLP over "
                        + (overGrpc() ? "gRPC is 4317" : "HTTP is 4318") + "), does a firewall refuse?");
            case "connect_timeout", "timeout" ->
                advice.add("No answer from " + proxy.orElse(host + ":" + port(url))
                        + " in time: does a firewall drop the packets, "
                        + (overGrpc()
                                ? "is this a port for OTLP over HTTP (then `protocol: http/protobuf`), or does this machine"
                                        + " need a proxy, which only OTLP over HTTP goes through?"
                                : "or does this machine need a proxy (`proxy`, HTTPS_PROXY)?"));
            case "tls" ->
                advice.add("TLS failed: " + message + ". When the certificate below is a TLS-inspecting proxy's or your"
                        + " own, give its authority as `ca`; when there is none, the server speaks plain HTTP.");
            default ->
                advice.add("The connection broke: " + message + "."
                        + proxy.map(address -> " The way goes through the proxy " + address + ".")
                                .orElse("")
                        + (overGrpc()
                                ? " Is this an address for OTLP over HTTP (port 4318), for which `protocol:"
                                        + " http/protobuf` is written?"
                                : ""));
        }
    }

    private String proxyCredentials() {
        return "The proxy asks for a user and password: write http://user:password@host:port, percent-encoded, as"
                + " `proxy` or HTTPS_PROXY.";
    }

    /** What gives the key, for a person who has to correct it. */
    private String keys() {
        if (!variables.isEmpty()) {
            List<String> names = new ArrayList<>();
            variables.forEach((name, meaning) -> names.add(name + " (" + meaning + ")"));
            return String.join(", ", names);
        }
        return destination.headers().isEmpty()
                ? "`headers` of the destination, or OTEL_EXPORTER_OTLP_HEADERS: there are none"
                : "the header(s) "
                        + String.join(", ", new TreeSet<>(destination.headers().keySet()))
                        + " (`headers` of the destination, or OTEL_EXPORTER_OTLP_HEADERS)";
    }

    private static String said(ExportResult result) {
        return result.message().isEmpty() ? "nothing" : result.message();
    }

    private static int port(URI url) {
        return url.getPort() > 0 ? url.getPort() : url.getScheme().equals("https") ? 443 : 80;
    }
}
