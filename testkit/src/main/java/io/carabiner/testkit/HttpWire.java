package io.carabiner.testkit;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads HTTP/1.1 messages off a connection. */
final class HttpWire {

    static final int BODY_LIMIT_BYTES = 256 << 20;

    private static final int HEAD_LIMIT_BYTES = 64 << 10;

    private HttpWire() {}

    /** The first line and the headers with the empty line behind them; null where the connection has ended. */
    static @Nullable String readHead(DataInputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ends = 0;
        while (ends < 4) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            head.write(next);
            ends = next == (ends % 2 == 0 ? '\r' : '\n') ? ends + 1 : next == '\r' ? 1 : 0;
            if (head.size() > HEAD_LIMIT_BYTES) {
                throw new IOException("the head of an HTTP message is longer than " + HEAD_LIMIT_BYTES + " bytes");
            }
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    static byte[] readBody(DataInputStream in, String head, boolean answer) throws IOException {
        if (answer && head.startsWith("HTTP/1.1 1")) {
            return new byte[0];
        }
        if (header(head, "transfer-encoding").equalsIgnoreCase("chunked")) {
            return readChunks(in);
        }
        String length = header(head, "content-length");
        return length.isEmpty() ? new byte[0] : in.readNBytes(Math.min(Integer.parseInt(length), BODY_LIMIT_BYTES));
    }

    private static byte[] readChunks(DataInputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(readLine(in), 16);
            body.write(in.readNBytes(size));
            readLine(in);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static String readLine(DataInputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("in a chunk");
            }
            line.append((char) next);
        }
        return line.toString().strip();
    }

    /** The value of a header, or an empty text. */
    static String header(String head, String name) {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** Whether a request wants to go on as WebSocket. */
    static boolean asksForWebSocket(String head) {
        return header(head, "upgrade").equalsIgnoreCase("websocket");
    }

    /** The same head for a body of this length, not chunked. */
    static byte[] headFor(String head, int bodyLength) {
        StringBuilder plain = new StringBuilder();
        head.lines()
                .filter(line -> !line.isEmpty())
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .filter(line -> !line.toLowerCase(Locale.ROOT).startsWith("transfer-encoding:"))
                .forEach(line -> plain.append(line).append("\r\n"));
        plain.append("content-length: ").append(bodyLength).append("\r\n\r\n");
        return plain.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
