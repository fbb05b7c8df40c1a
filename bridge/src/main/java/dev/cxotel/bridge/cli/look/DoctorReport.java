package dev.cxotel.bridge.cli.look;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.cxotel.bridge.cli.terminal.Printable;
import dev.cxotel.bridge.cli.terminal.Table;
import dev.cxotel.bridge.doctor.Examination;
import dev.cxotel.bridge.otlp.Trial.TlsSession;
import dev.cxotel.bridge.otlp.answer.ExportResult;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What {@code cxotel doctor} found, for a person or for a program. */
record DoctorReport(List<Examination> examinations) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    boolean isGood() {
        return examinations.stream().allMatch(Examination::isAccepted);
    }

    String text() {
        StringBuilder text = new StringBuilder();
        String last = "";
        for (Examination one : examinations) {
            if (!one.destination().equals(last)) {
                text.append(one.destination())
                        .append(" (preset ")
                        .append(one.preset())
                        .append(")\n");
                last = one.destination();
            }
            Table table = new Table();
            one.proxy().ifPresent(proxy -> table.row("proxy", proxy));
            table.row("address", one.addresses().isEmpty() ? "unknown" : String.join(", ", one.addresses()));
            one.tls().ifPresent(tls -> tls(table, tls));
            table.row("answer", answer(one));
            one.skew()
                    .ifPresent(skew -> table.row(
                            "clock", skew.toSeconds() == 0 ? "agrees" : "theirs is " + skew.toSeconds() + " s off"));
            one.advice().forEach(advice -> table.row("advice", Printable.of(advice)));
            text.append("  ")
                    .append(one.isAccepted() ? "ok    " : "FAILED")
                    .append(' ')
                    .append(one.signal())
                    .append(" to ")
                    .append(one.url())
                    .append('\n')
                    .append(table.toText(4));
        }
        long bad = examinations.stream().filter(one -> !one.isAccepted()).count();
        return text.append(
                        examinations.isEmpty()
                                ? "No destination is configured."
                                : bad == 0
                                        ? "All accepted. Look for service.name=cxotel-doctor."
                                        : bad + " of " + examinations.size() + " failed.")
                .append('\n')
                .toString();
    }

    String json() {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Examination one : examinations) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("destination", one.destination());
            map.put("preset", one.preset());
            map.put("signal", one.signal());
            map.put("url", one.url().toString());
            map.put("accepted", one.isAccepted());
            map.put("status", one.result().status());
            map.put("result", word(one.result()));
            map.put("message", one.result().message());
            map.put("rejected", one.rejected());
            map.put("duration_ms", one.took().toMillis());
            map.put("addresses", one.addresses());
            one.proxy().ifPresent(proxy -> map.put("proxy", proxy));
            one.tls().ifPresent(tls -> map.put("tls", tls(tls)));
            one.skew().ifPresent(skew -> map.put("clock_skew_seconds", skew.toSeconds()));
            map.put("advice", one.advice());
            all.add(map);
        }
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("good", isGood());
        report.put("examinations", all);
        try {
            return JSON.writeValueAsString(report) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String answer(Examination one) {
        String status =
                one.result().status() == 0 ? "" : ", HTTP " + one.result().status();
        String message =
                one.result().message().isEmpty() ? "" : ": " + one.result().message();
        return word(one.result()) + status + " in " + one.took().toMillis() + " ms"
                + (one.rejected() > 0 ? ", " + one.rejected() + " rejected" : "") + Printable.of(message);
    }

    /** Why there was no answer, or what the answer was. */
    private static String word(ExportResult result) {
        return switch (result) {
            case ExportResult.Retryable retryable -> retryable.reason();
            case ExportResult.Misdirected misdirected -> "refused";
            default -> result.word();
        };
    }

    private static void tls(Table table, TlsSession tls) {
        table.row("TLS", tls.protocol() + " " + tls.cipher());
        tls.certificate().ifPresent(certificate -> table.row("certificate", Printable.of(line(certificate))));
    }

    private static String line(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName() + ", issued by "
                + certificate.getIssuerX500Principal().getName() + ", until "
                + certificate.getNotAfter().toInstant();
    }

    private static Map<String, Object> tls(TlsSession tls) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("protocol", tls.protocol());
        map.put("cipher", tls.cipher());
        tls.certificate().ifPresent(certificate -> {
            map.put("subject", certificate.getSubjectX500Principal().getName());
            map.put("issuer", certificate.getIssuerX500Principal().getName());
            map.put("expires", certificate.getNotAfter().toInstant().toString());
        });
        return map;
    }
}
