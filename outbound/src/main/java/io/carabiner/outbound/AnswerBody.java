package io.carabiner.outbound;

import io.carabiner.primitives.GoQuote;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;

/** Reads the body of an answer up to a limit. */
final class AnswerBody {

    /** How many bytes of chunk heads may come beyond what the data in the chunks justifies, as in Go's client. */
    static final int CHUNK_OVERHEAD_LIMIT_BYTES = 16 * 1024;

    /** Gives the next bytes: how many, or −1 at the end. */
    interface Source {
        int fill(byte[] into, int length) throws IOException;
    }

    /** The body is longer than allowed. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super("http: request body too large");
        }
    }

    private final AnswerHead.Lines lines;
    private final Source source;
    private final long limit;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private boolean delimited = true;

    AnswerBody(AnswerHead.Lines lines, Source source, long limitBytes) {
        this.lines = lines;
        this.source = source;
        this.limit = limitBytes;
    }

    /** Whether the end of the body was marked, so that another answer may follow. */
    boolean isDelimited() {
        return delimited;
    }

    /** The whole body; throws {@link TooLarge} beyond the limit. */
    byte[] read(String method, AnswerHead head) throws IOException {
        if (method.equals("HEAD") || head.status() == 204 || head.status() == 304 || head.status() == 101) {
            return new byte[0];
        }
        String encoding = head.minor() == 1 ? head.headers().getOrDefault("transfer-encoding", "") : "";
        if (encoding.equalsIgnoreCase("chunked")) {
            chunks();
        } else if (!encoding.isEmpty()) {
            throw new IOException("unsupported transfer encoding: " + GoQuote.quote(encoding));
        } else if (head.has("content-length")) {
            exactly(length(head.headers().getOrDefault("content-length", "")));
        } else {
            delimited = false;
            untilEnd();
        }
        return content.toByteArray();
    }

    private static long length(String text) throws IOException {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IOException("bad Content-Length " + GoQuote.quote(text));
        }
        return Long.parseLong(text);
    }

    private void exactly(long length) throws IOException {
        if (content.size() + length > limit) {
            throw new TooLarge();
        }
        byte[] buffer = new byte[(int) Math.min(length, 8192)];
        for (long left = length; left > 0; ) {
            int count = source.fill(buffer, (int) Math.min(left, buffer.length));
            if (count < 0) {
                throw new EOFException("unexpected EOF");
            }
            content.write(buffer, 0, count);
            left -= count;
        }
    }

    private void untilEnd() throws IOException {
        byte[] buffer = new byte[8192];
        for (int count = source.fill(buffer, buffer.length); count >= 0; ) {
            content.write(buffer, 0, count);
            if (content.size() > limit) {
                throw new TooLarge();
            }
            count = source.fill(buffer, buffer.length);
        }
    }

    private void chunks() throws IOException {
        long overhead = 0;
        while (true) {
            String line = lines.next();
            String size = line.split(";", 2)[0].strip();
            if (!size.matches("[0-9a-fA-F]{1,15}")) {
                throw new IOException("malformed chunked encoding");
            }
            long length = Long.parseLong(size, 16);
            overhead = Math.max(0, overhead + line.length() + 2 - 16 - 2 * Math.min(length, limit));
            if (overhead > CHUNK_OVERHEAD_LIMIT_BYTES) {
                throw new IOException("chunked encoding contains too much non-data");
            }
            if (length == 0) {
                AnswerHead.fields(lines);
                return;
            }
            exactly(length);
            if (!lines.next().isEmpty()) {
                throw new IOException("malformed chunked encoding");
            }
        }
    }
}
