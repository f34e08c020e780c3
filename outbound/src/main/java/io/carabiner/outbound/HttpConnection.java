package io.carabiner.outbound;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.GoQuote;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 connection to one checked address. Used by one thread at a time. The JDK's own client is not used
 * because it resolves the name itself, so that a checked address could be another one when it connects.
 */
final class HttpConnection implements AutoCloseable {

    /** How long the head of an answer may be. */
    static final int HEAD_LIMIT_BYTES = 64 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private boolean answering;
    private boolean delimited;
    private boolean reusable;

    private HttpConnection(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    static HttpConnection open(HttpUrl url, InetAddress address, Deadline deadline) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(address, url.effectivePort()), millis(deadline));
            socket.setSoTimeout(millis(deadline));
            return new HttpConnection(url.isSecure() ? secure(socket, url) : socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private static Socket secure(Socket socket, HttpUrl url) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, url.host(), url.effectivePort(), true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static int millis(Deadline deadline) throws SocketTimeoutException {
        long millis = deadline.left().toMillis();
        if (millis <= 0) {
            throw new SocketTimeoutException("deadline passed");
        }
        return (int) Math.min(millis, Integer.MAX_VALUE);
    }

    /** Whether the server had begun to answer when the last request failed. */
    boolean hadBegunToAnswer() {
        return answering;
    }

    /** Sends a request and reads the answer; throws {@link BodyTooLarge} beyond the limit. */
    HttpAnswer exchange(HttpRequestData request, long bodyLimitBytes, Deadline deadline) throws IOException {
        answering = false;
        out.write(head(request).getBytes(StandardCharsets.UTF_8));
        if (request.body().isPresent()) {
            out.write(request.body().get());
        }
        out.flush();
        while (true) {
            String statusLine = line(deadline);
            int status = status(statusLine);
            Map<String, String> headers = headers(deadline);
            if (status >= 200 || status == 101) {
                byte[] body = body(request, status, headers, new BodyReader(bodyLimitBytes, deadline));
                reusable = !"close".equalsIgnoreCase(headers.get("connection"))
                        && statusLine.startsWith("HTTP/1.1")
                        && delimited;
                return new HttpAnswer(status, headers, Bytes.of(body), request.url());
            }
        }
    }

    /** Whether another request may be sent after the last one. */
    boolean isReusable() {
        return reusable;
    }

    private static String head(HttpRequestData request) {
        StringBuilder head = new StringBuilder();
        head.append(request.method()).append(' ').append(request.url().target()).append(" HTTP/1.1\r\n");
        head.append("Host: ").append(request.url().hostHeader()).append("\r\n");
        if (!request.headers().containsKey("User-Agent")) {
            head.append("User-Agent: Go-http-client/1.1\r\n");
        }
        if (request.body().isPresent()) {
            head.append("Content-Length: ").append(request.body().get().length).append("\r\n");
        } else if (request.method().equals("POST")
                || request.method().equals("PUT")
                || request.method().equals("PATCH")) {
            head.append("Content-Length: 0\r\n");
        }
        request.headers().forEach((name, value) -> {
            if (!name.equals("Host") && !name.equals("Content-Length") && !name.equals("Transfer-Encoding")) {
                head.append(name).append(": ").append(value.strip()).append("\r\n");
            }
        });
        return head.append("\r\n").toString();
    }

    private static int status(String statusLine) throws IOException {
        if (!statusLine.matches("HTTP/1\\.[01] [0-9]{3}( .*)?")) {
            throw new IOException("malformed HTTP response " + GoQuote.quote(statusLine));
        }
        return Integer.parseInt(statusLine.substring(9, 12));
    }

    private Map<String, String> headers(Deadline deadline) throws IOException {
        Map<String, String> headers = new HashMap<>();
        int size = 0;
        for (String line = line(deadline); !line.isEmpty(); line = line(deadline)) {
            size += line.length();
            int colon = line.indexOf(':');
            if (colon <= 0) {
                throw new IOException("malformed MIME header line: " + line);
            }
            if (size > HEAD_LIMIT_BYTES) {
                throw new IOException("server response headers exceeded " + HEAD_LIMIT_BYTES + " bytes");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).toLowerCase(java.util.Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private byte[] body(HttpRequestData request, int status, Map<String, String> headers, BodyReader reader)
            throws IOException {
        delimited = true;
        if (request.method().equals("HEAD") || status == 204 || status == 304) {
            return new byte[0];
        }
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            reader.chunks();
        } else if (headers.containsKey("content-length")) {
            reader.exactly(contentLength(headers.getOrDefault("content-length", "")));
        } else {
            delimited = false;
            reader.untilEnd();
        }
        return reader.content.toByteArray();
    }

    private static long contentLength(String text) throws IOException {
        if (!text.matches("[0-9]{1,18}")) {
            throw new IOException("bad Content-Length " + GoQuote.quote(text));
        }
        return Long.parseLong(text);
    }

    private String line(Deadline deadline) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int next = read(deadline);
            if (next < 0) {
                throw new EOFException(answering ? "unexpected EOF" : "EOF");
            }
            answering = true;
            if (next == '\n') {
                String text = line.toString(StandardCharsets.ISO_8859_1);
                return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
            }
            line.write(next);
            if (line.size() > HEAD_LIMIT_BYTES) {
                throw new IOException("server response headers exceeded " + HEAD_LIMIT_BYTES + " bytes");
            }
        }
    }

    private int read(Deadline deadline) throws IOException {
        if (in.available() == 0) {
            socket.setSoTimeout(millis(deadline));
        }
        return in.read();
    }

    /** The answer's body is longer than allowed. */
    static final class BodyTooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        BodyTooLarge() {
            super("http: request body too large");
        }
    }

    /** Reads a body up to the limit. */
    private final class BodyReader {
        private final ByteArrayOutputStream content = new ByteArrayOutputStream();
        private final long limit;
        private final Deadline deadline;

        BodyReader(long limit, Deadline deadline) {
            this.limit = limit;
            this.deadline = deadline;
        }

        void exactly(long length) throws IOException {
            if (content.size() + length > limit) {
                throw new BodyTooLarge();
            }
            byte[] buffer = new byte[(int) Math.min(length, 8192)];
            for (long left = length; left > 0; ) {
                int count = fill(buffer, (int) Math.min(left, buffer.length));
                if (count < 0) {
                    throw new EOFException("unexpected EOF");
                }
                content.write(buffer, 0, count);
                left -= count;
            }
        }

        private int fill(byte[] buffer, int length) throws IOException {
            socket.setSoTimeout(millis(deadline));
            return in.read(buffer, 0, length);
        }

        void untilEnd() throws IOException {
            byte[] buffer = new byte[8192];
            for (int count = fill(buffer, buffer.length); count >= 0; count = fill(buffer, buffer.length)) {
                content.write(buffer, 0, count);
                if (content.size() > limit) {
                    throw new BodyTooLarge();
                }
            }
        }

        void chunks() throws IOException {
            while (true) {
                String size = line(deadline).split(";", 2)[0].strip();
                if (!size.matches("[0-9a-fA-F]{1,15}")) {
                    throw new IOException("malformed chunked encoding");
                }
                long length = Long.parseLong(size, 16);
                if (length == 0) {
                    headers(deadline);
                    return;
                }
                exactly(length);
                if (!line(deadline).isEmpty()) {
                    throw new IOException("malformed chunked encoding");
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            reusable = false;
        }
    }
}
