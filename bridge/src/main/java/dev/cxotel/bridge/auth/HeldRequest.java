package dev.cxotel.bridge.auth;

import dev.cxotel.bridge.event.Bytes;
import dev.cxotel.bridge.event.Delivery;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request as it is kept beside its delivery, so that its signature can be judged again. The delivery has the decoded body
 * and the time.
 *
 * <pre>
 * version   1 byte, 1
 * method, path, query          each a text
 * headers   2 bytes: how many; then name and value of each, texts
 * remote    1 byte: 0, 4 or 16; so many bytes of the address; 2 bytes: port
 * secure    1 byte: 0 or 1
 * wire      1 byte: 1 when the body stood on the wire in another form; then 4 bytes: length, and the bytes
 *
 * text      4 bytes: length; ISO 8859-1, as HTTP has it
 * </pre>
 *
 * Client certificates are not kept: what judges a connection has judged already.
 */
public final class HeldRequest {

    private static final int VERSION = 1;

    private HeldRequest() {}

    /**
     * What is kept of a request.
     *
     * @param request with its body
     */
    public static Bytes write(WebhookRequest request) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(VERSION);
            write(out, request.method());
            write(out, request.path());
            write(out, request.query());
            out.writeShort(request.headers().size());
            for (HeaderField field : request.headers()) {
                write(out, field.name());
                write(out, field.value());
            }
            byte[] address = Optional.ofNullable(request.remote().getAddress())
                    .map(InetAddress::getAddress)
                    .orElse(new byte[0]);
            out.writeByte(address.length);
            out.write(address);
            out.writeShort(request.remote().getPort());
            out.writeBoolean(request.secure());
            Optional<Bytes> wire = request.body()
                    .filter(body -> !body.wire().equals(body.decoded()))
                    .map(WebhookRequest.Body::wire);
            out.writeBoolean(wire.isPresent());
            if (wire.isPresent()) {
                out.writeInt(wire.get().size());
                out.write(wire.get().toArray());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.wrap(bytes.toByteArray());
    }

    /** The request as it arrived; empty when the bytes are not of this form. */
    public static Optional<WebhookRequest> read(Bytes bytes, Delivery delivery) {
        try (DataInputStream in = new DataInputStream(bytes.openStream())) {
            if (in.readByte() != VERSION) {
                return Optional.empty();
            }
            String method = text(in);
            String path = text(in);
            String query = text(in);
            List<HeaderField> headers = new ArrayList<>();
            for (int left = in.readUnsignedShort(); left > 0; left--) {
                headers.add(new HeaderField(text(in), text(in)));
            }
            byte[] address = bytes(in, in.readUnsignedByte());
            int port = in.readUnsignedShort();
            InetSocketAddress remote = address.length == 0
                    ? InetSocketAddress.createUnresolved("unknown", port)
                    : new InetSocketAddress(InetAddress.getByAddress(address), port);
            boolean secure = in.readBoolean();
            Bytes wire = in.readBoolean() ? Bytes.wrap(bytes(in, in.readInt())) : delivery.body();
            return in.read() >= 0
                    ? Optional.empty()
                    : Optional.of(new WebhookRequest(
                            method,
                            path,
                            query,
                            headers,
                            remote,
                            secure,
                            List.of(),
                            delivery.receivedAt(),
                            Optional.of(new WebhookRequest.Body(wire, delivery.body()))));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(bytes(in, in.readInt()), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(DataInputStream in, int length) throws IOException {
        if (length < 0 || length > in.available()) {
            throw new IOException("a length beyond the end");
        }
        return in.readNBytes(length);
    }
}
