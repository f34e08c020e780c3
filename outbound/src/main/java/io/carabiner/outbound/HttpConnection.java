package io.carabiner.outbound;

import io.carabiner.primitives.Bytes;
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
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One HTTP/1.1 connection to one checked address. Used by one thread at a time. The JDK's own client is not used
 * because it resolves the name itself, so that a checked address could be another one when it connects.
 */
final class HttpConnection implements AutoCloseable {

    /** How many answers with a status of 1xx may come before the real one, as in Go's client. */
    static final int EARLY_ANSWERS_MAX = 5;

    /** How long a body may be that is sent without a guard: shorter ones fit into the buffers of both sides. */
    static final int UNGUARDED_BODY_LIMIT_BYTES = 16 * 1024;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final Optional<HttpUrl> proxy;
    private boolean answering;
    private boolean reusable;

    private HttpConnection(Socket socket, Optional<HttpUrl> proxy) throws IOException {
        this.socket = socket;
        this.proxy = proxy;
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Connects as the route says, and speaks TLS for the URL's host where the URL wants it. */
    static HttpConnection open(HttpUrl url, Route route, Deadline deadline) throws IOException {
        return switch (route) {
            case Route.Direct(List<InetAddress> addresses) -> direct(url, addresses, deadline);
            case Route.Forward(HttpUrl proxy) -> {
                Socket socket = toProxy(proxy, deadline);
                yield new HttpConnection(socket, Optional.of(proxy));
            }
            case Route.Tunnel(HttpUrl proxy, String target) -> {
                Socket socket = toProxy(proxy, deadline);
                yield guarded(socket, deadline, () -> {
                    new HttpConnection(socket, Optional.empty()).connectThrough(proxy, target, deadline);
                    return new HttpConnection(secure(socket, url), Optional.empty());
                });
            }
        };
    }

    private static HttpConnection direct(HttpUrl url, List<InetAddress> addresses, Deadline deadline)
            throws IOException {
        Socket socket = connect(addresses, url.effectivePort(), deadline);
        return url.isSecure()
                ? guarded(socket, deadline, () -> new HttpConnection(secure(socket, url), Optional.empty()))
                : new HttpConnection(socket, Optional.empty());
    }

    private static Socket toProxy(HttpUrl proxy, Deadline deadline) throws IOException {
        try {
            return connect(List.of(InetAddress.getAllByName(proxy.host())), proxy.effectivePort(), deadline);
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            throw new IOException("proxyconnect tcp: dial tcp " + proxy.hostAndPort() + ": " + e.getMessage(), e);
        }
    }

    /** To the first of the addresses that answers. */
    private static Socket connect(List<InetAddress> addresses, int port, Deadline deadline) throws IOException {
        IOException last = new UnknownHostException();
        for (InetAddress address : addresses) {
            Socket socket = new Socket();
            try {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(address, port), millis(deadline));
                socket.setSoTimeout(millis(deadline));
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    /**
     * Closes the socket when the deadline passes, however slowly the other side drips: the timeout of a socket holds
     * for one read only, and not at all for writes.
     */
    private static <T> T guarded(Socket socket, Deadline deadline, Opening<T> opening) throws IOException {
        AtomicBoolean cut = new AtomicBoolean();
        Thread guard = Thread.ofVirtual().name("outbound deadline").start(() -> cutOff(socket, deadline, cut));
        boolean open = false;
        try {
            T result = opening.open();
            open = true;
            return result;
        } catch (IOException e) {
            throw cut.get() ? new SocketTimeoutException("deadline passed") : e;
        } finally {
            guard.interrupt();
            if (!open) {
                socket.close();
            }
        }
    }

    private static void cutOff(Socket socket, Deadline deadline, AtomicBoolean cut) {
        try {
            deadline.time().sleep(deadline.left());
            cut.set(true);
            socket.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            cut.set(true);
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

    private void connectThrough(HttpUrl proxy, String target, Deadline deadline) throws IOException {
        StringBuilder head = new StringBuilder("CONNECT " + target + " HTTP/1.1\r\nHost: " + target + "\r\n");
        head.append("User-Agent: Go-http-client/1.1\r\n");
        Route.authorization(proxy)
                .ifPresent(value ->
                        head.append("Proxy-Authorization: ").append(value).append("\r\n"));
        out.write(head.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        out.flush();
        AnswerHead answer = head(deadline);
        if (answer.status() != 200) {
            throw new IOException(answer.reason());
        }
        if (in.available() > 0) {
            throw new IOException("the proxy sent data before the tunnel was open");
        }
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
        if (request.body().isPresent() && request.body().get().length > UNGUARDED_BODY_LIMIT_BYTES) {
            guarded(socket, deadline, () -> {
                send(request);
                return true;
            });
        } else {
            send(request);
        }
        AnswerHead head = head(deadline);
        AnswerBody body =
                new AnswerBody(() -> line(deadline), (into, length) -> fill(into, length, deadline), bodyLimitBytes);
        byte[] content = body.read(request.method(), head);
        reusable = body.isDelimited()
                && head.minor() == 1
                && head.status() != 101
                && !head.has("transfer-encoding", "content-length")
                && !"close".equalsIgnoreCase(head.headers().get("connection"));
        return new HttpAnswer(head.status(), head.headers(), Bytes.of(content), request.url());
    }

    private void send(HttpRequestData request) throws IOException {
        out.write(head(request).getBytes(StandardCharsets.UTF_8));
        if (request.body().isPresent()) {
            out.write(request.body().get());
        }
        out.flush();
    }

    private AnswerHead head(Deadline deadline) throws IOException {
        for (int early = 0; ; early++) {
            AnswerHead head = AnswerHead.read(() -> line(deadline));
            if (head.status() >= 200 || head.status() == 101) {
                return head;
            }
            if (early >= EARLY_ANSWERS_MAX) {
                throw new IOException("net/http: too many 1xx informational responses");
            }
        }
    }

    /** Whether another request may be sent after the last one. */
    boolean isReusable() {
        return reusable;
    }

    private String head(HttpRequestData request) {
        StringBuilder head = new StringBuilder();
        String place = proxy.isPresent() ? request.url().origin() : "";
        head.append(request.method())
                .append(' ')
                .append(place)
                .append(request.url().target())
                .append(" HTTP/1.1\r\n");
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
        proxy.flatMap(Route::authorization)
                .ifPresent(value ->
                        head.append("Proxy-Authorization: ").append(value).append("\r\n"));
        return head.append("\r\n").toString();
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
            if (line.size() > AnswerHead.LIMIT_BYTES) {
                throw AnswerHead.tooLong();
            }
        }
    }

    private int fill(byte[] into, int length, Deadline deadline) throws IOException {
        socket.setSoTimeout(millis(deadline));
        return in.read(into, 0, length);
    }

    private int read(Deadline deadline) throws IOException {
        if (in.available() == 0) {
            socket.setSoTimeout(millis(deadline));
        }
        return in.read();
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
