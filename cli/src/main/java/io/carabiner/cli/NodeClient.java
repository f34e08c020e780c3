package io.carabiner.cli;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.UrlAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Talks to the node's API with the session of the last login. When the node says that nobody is logged in and a
 * credentials file was given, it logs in with that and asks once more.
 *
 * <p>Belongs to one thread. Nothing is loaded or connected before the first request.
 */
final class NodeClient {

    /** Creating a job may wait for its services to start. */
    static final long REQUEST_TIMEOUT_MILLIS = 300_000;

    static final long CONNECT_TIMEOUT_MILLIS = 10_000;

    /** An answer may be this long. */
    static final int RESPONSE_LIMIT_BYTES = 64 << 20;

    private static final String JSON_TYPE = "application/json";

    private final String base;
    private final boolean trustAll;
    private final CookieFile cookies;
    private final Optional<Credentials> credentials;
    private @Nullable HttpClient http;

    private NodeClient(String base, boolean trustAll, CookieFile cookies, Optional<Credentials> credentials) {
        this.base = base;
        this.trustAll = trustAll;
        this.cookies = cookies;
        this.credentials = credentials;
    }

    /**
     * For the node that the flags name.
     *
     * @throws CliException if its address is not a URL
     */
    static NodeClient of(GlobalOptions options, Surroundings surroundings) {
        String base = checkedUrl(options.nodeUrl());
        Optional<Credentials> credentials = options.credentialsFile().isEmpty()
                ? Optional.empty()
                : Credentials.readIfThere(surroundings.directory(), options.credentialsFile());
        return new NodeClient(base, options.insecureSkipVerify(), new CookieFile(surroundings), credentials);
    }

    private static String checkedUrl(String text) {
        String complaint = text + " is not a valid URL: ";
        if (!text.contains(":") || text.startsWith(":")) {
            throw CliException.appFailed(complaint + "parse \"" + text + "\": missing protocol scheme");
        }
        try {
            URI uri = new URI(text);
            String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
            if (UrlAuthority.of(uri).filter(to -> !to.isPlainHostName()).isPresent()) {
                throw CliException.appFailed(complaint + "a host name with an underscore cannot be called from here;"
                        + " use another name of the host, or its address");
            }
            if ((!scheme.equals("http") && !scheme.equals("https")) || uri.getHost() == null) {
                throw CliException.appFailed(complaint + "it must look like " + GlobalOptions.DEFAULT_NODE_URL);
            }
            return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        } catch (URISyntaxException e) {
            throw CliException.appFailed(complaint + e.getReason());
        }
    }

    Answer get(String path) {
        return ask("GET", path, "", "");
    }

    Answer get(String path, String accept) {
        return ask("GET", path, accept, "");
    }

    Answer post(String path, String body) {
        return ask("POST", path, "", body);
    }

    Answer put(String path, String body) {
        return ask("PUT", path, "", body);
    }

    Answer patch(String path, String body) {
        return ask("PATCH", path, "", body);
    }

    Answer delete(String path) {
        return ask("DELETE", path, "", "");
    }

    private Answer ask(String method, String path, String accept, String body) {
        Answer answer = send(method, path, accept, body, cookies.read());
        if (answer.status() != 401
                || credentials.isEmpty()
                || !logIn(credentials.get()).isEmpty()) {
            return answer;
        }
        return send(method, path, accept, body, cookies.read());
    }

    /**
     * Opens a session and keeps it.
     *
     * @return why the node refused; empty if it did not
     */
    String logIn(Credentials user) {
        String body = "{\"email\":" + Json.quote(user.email()) + ",\"password\":" + Json.quote(user.password()) + "}";
        Answer answer = send("POST", "/sessions", "", body, Optional.empty());
        if (answer.isRefused()) {
            return answer.status() == 401 ? "Unauthorized" : answer.details();
        }
        cookies.write(answer.header("set-cookie").orElse(""));
        return "";
    }

    /** Forgets the session on this side. */
    void forgetSession() {
        cookies.clear();
    }

    private Answer send(String method, String path, String accept, String body, Optional<String> cookie) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofMillis(REQUEST_TIMEOUT_MILLIS))
                .header("Content-Type", JSON_TYPE)
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8));
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        cookie.ifPresent(value -> request.header("Cookie", value));
        return send(request.build(), method, path);
    }

    private Answer send(HttpRequest request, String method, String path) {
        try {
            HttpResponse<InputStream> response = client().send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = response.body()) {
                return new Answer(response.statusCode(), firstValues(response), limited(in));
            }
        } catch (IOException e) {
            throw CliException.failed(verbOf(method) + " \"" + base + path + "\": " + reason(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CliException.failed(verbOf(method) + " \"" + base + path + "\": interrupted");
        }
    }

    private static Map<String, String> firstValues(HttpResponse<?> response) {
        Map<String, String> headers = new TreeMap<>();
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        return headers;
    }

    private static Bytes limited(InputStream in) throws IOException {
        byte[] content = in.readNBytes(RESPONSE_LIMIT_BYTES);
        if (in.read() >= 0) {
            throw new IOException("the answer is longer than " + RESPONSE_LIMIT_BYTES + " bytes");
        }
        return Bytes.of(content);
    }

    private HttpClient client() {
        HttpClient client = http;
        if (client == null) {
            client = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .followRedirects(HttpClient.Redirect.NORMAL)
                    .connectTimeout(Duration.ofMillis(CONNECT_TIMEOUT_MILLIS))
                    .sslContext(LateTls.of(trustAll ? Trust::everything : Trust::system))
                    .build();
            http = client;
        }
        return client;
    }

    private static String verbOf(String method) {
        return method.charAt(0) + method.substring(1).toLowerCase(Locale.ROOT);
    }

    /** In the words of Go's client. */
    private String reason(IOException fault) {
        URI uri = URI.create(base);
        if (hasCause(fault, UnresolvedAddressException.class)) {
            return "dial tcp: lookup " + uri.getHost() + ": no such host";
        }
        if (fault instanceof HttpTimeoutException) {
            return "no answer in time from " + uri.getHost();
        }
        if (fault instanceof ConnectException) {
            return "dial tcp " + uri.getHost() + ":" + portOf(uri) + ": connect: connection refused";
        }
        if (fault instanceof SSLException) {
            return "tls: " + fault.getMessage() + " (--insecure-skip-verify accepts a certificate that nobody signed)";
        }
        return fault.getMessage() == null ? "EOF" : fault.getMessage();
    }

    private static int portOf(URI uri) {
        if (uri.getPort() > 0) {
            return uri.getPort();
        }
        return "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
    }

    private static boolean hasCause(Throwable fault, Class<? extends Throwable> type) {
        Throwable current = fault;
        while (current != null) {
            if (type.isInstance(current)) {
                return true;
            }
            current = current.getCause();
        }
        return false;
    }
}
