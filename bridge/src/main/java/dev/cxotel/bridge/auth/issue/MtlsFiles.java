package dev.cxotel.bridge.auth.issue;

import dev.cxotel.bridge.auth.mtls.ClientAuthorities;
import dev.cxotel.bridge.auth.mtls.Pin;
import dev.cxotel.bridge.auth.pem.PemException;
import dev.cxotel.bridge.auth.pem.PemFile;
import dev.cxotel.bridge.auth.pem.PemText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The files of mutual TLS in one folder, mode 0600, for both sides.
 *
 * <pre>
 * client-ca.pem  client-ca.key   issues CXone's certificates; the key is needed for the next one only: keep it elsewhere
 * client-1.pem   client-1.key    for CXone's form; client-2 is its successor
 * server-ca.pem                  what a sender must trust; its key is not kept
 * server.pem     server.key      the receiver's own
 * </pre>
 *
 * No file is ever written over.
 *
 * @param client the number of the newest client certificate, from 1
 * @param pins of all client certificates in the folder, oldest first
 */
public record MtlsFiles(Path folder, int client, List<String> pins) {

    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);
    private static final Duration AUTHORITY_LIFE = Duration.ofDays(3650);
    private static final int MOST_CLIENTS = 1000;

    public MtlsFiles {
        pins = List.copyOf(pins);
    }

    /**
     * What is to be made.
     *
     * @param serverNames DNS names and addresses of the receiver, the first is its common name
     * @param clientName CXone's common name
     * @param clientKind of CXone's key
     * @param life of the end certificates
     */
    public record Order(List<String> serverNames, String clientName, KeyKind clientKind, Duration life) {
        public Order {
            serverNames = List.copyOf(serverNames);
        }
    }

    /**
     * Makes everything.
     *
     * @throws FileAlreadyExistsException when one of the files is there; nothing is written then
     */
    public static MtlsFiles create(Path folder, Order order, Instant now, SecureRandom random) throws IOException {
        Instant from = now.minus(CLOCKS_DIFFER);
        Instant to = now.plus(order.life());
        Instant last = now.plus(order.life().compareTo(AUTHORITY_LIFE) > 0 ? order.life() : AUTHORITY_LIFE);
        Authority clients = Authority.create("CN=cxotel client CA", KeyKind.EC, from, last, random);
        Authority servers = Authority.create("CN=cxotel server CA", KeyKind.EC, from, last, random);
        Issued client = clients.issue(client(order, from, to));
        Issued server = servers.issue(new Wanted(
                name(order.serverNames().getFirst()),
                KeyKind.EC,
                Wanted.Purpose.SERVER,
                order.serverNames(),
                from,
                to));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("client-ca.key", PemText.of(clients.own().key()));
        files.put("client-ca.pem", PemText.of(clients.certificate()));
        files.put("client-1.key", PemText.of(client.key()));
        files.put("client-1.pem", PemText.of(client.certificate()));
        files.put("server-ca.pem", PemText.of(servers.certificate()));
        files.put("server.key", PemText.of(server.key()));
        files.put("server.pem", PemText.of(server.certificate()) + PemText.of(servers.certificate()));
        write(folder, files);
        return new MtlsFiles(folder, 1, List.of(Pin.ofKey(client.certificate())));
    }

    /**
     * Makes the successor of the newest client certificate beside it, by the same authority.
     *
     * @throws PemException when the authority's files or an older certificate are not there or not good
     */
    public static MtlsFiles next(Path folder, Order order, Instant now, SecureRandom random)
            throws IOException, PemException {
        X509Certificate certificate = ClientAuthorities.read(folder.resolve("client-ca.pem"))
                .certificates()
                .getFirst();
        Issued own = new Issued(
                certificate, PemFile.read(folder.resolve("client-ca.key")).privateKey(Optional.empty()));
        List<String> pins = new ArrayList<>();
        int next = 1;
        while (next < MOST_CLIENTS && Files.exists(folder.resolve("client-" + next + ".pem"))) {
            pins.add(Pin.ofKey(PemFile.read(folder.resolve("client-" + next + ".pem"))
                    .certificates()
                    .getFirst()));
            next++;
        }
        Instant end = now.plus(order.life());
        Instant last = certificate.getNotAfter().toInstant();
        Issued client = new Authority(own, random)
                .issue(client(order, now.minus(CLOCKS_DIFFER), end.isAfter(last) ? last : end));
        Map<String, String> files = new LinkedHashMap<>();
        files.put("client-" + next + ".key", PemText.of(client.key()));
        files.put("client-" + next + ".pem", PemText.of(client.certificate()));
        write(folder, files);
        pins.add(Pin.ofKey(client.certificate()));
        return new MtlsFiles(folder, next, pins);
    }

    public Path file(String name) {
        return folder.resolve(name);
    }

    private static Wanted client(Order order, Instant from, Instant to) {
        return new Wanted(name(order.clientName()), order.clientKind(), Wanted.Purpose.CLIENT, List.of(), from, to);
    }

    /** A common name as RFC 4514 writes it. */
    private static String name(String common) {
        return "CN=" + common.replaceAll("([,+\"\\\\<>;=#])", "\\\\$1");
    }

    private static void write(Path folder, Map<String, String> files) throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder.toAbsolutePath().getParent());
            Files.createDirectory(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        for (String name : files.keySet()) {
            if (Files.exists(folder.resolve(name))) {
                throw new FileAlreadyExistsException(folder.resolve(name).toString());
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            try (var channel = Files.newByteChannel(
                    path,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                var bytes = ByteBuffer.wrap(file.getValue().getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }
}
