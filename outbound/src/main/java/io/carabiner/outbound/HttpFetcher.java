package io.carabiner.outbound;

import io.carabiner.primitives.GoQuote;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests and follows redirects. Each name is resolved here, its addresses are checked, and the connection goes
 * to a checked address, at every redirect anew. Safe for use by many threads.
 */
public final class HttpFetcher implements AutoCloseable {

    private static final String LOCAL_HINT =
            "connections to local resources are disabled by default, if you are sure this is safe, you can enable on a"
                    + " per-task basis by setting allowUnrestrictedNetworkAccess=\"true\" in the pipeline task spec,"
                    + " e.g. fetch [type=\"http\" method=GET url=\"$(decode_cbor.url)\""
                    + " allowUnrestrictedNetworkAccess=\"true\"]: ";
    private static final String REFUSED = "Connections to local/private and multicast networks are disabled by default"
            + " for security reasons: disallowed IP";

    /** Finds the addresses of a name. */
    public interface Names {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    private final HttpPool pool;
    private final Names names;
    private final OutboundSettings settings;
    private final OutboundPolicy policy;

    /** A fetcher with connections of its own; names are looked up anew for each connection. */
    public HttpFetcher(TimeSource time, Names names, OutboundSettings settings) {
        this.pool = new HttpPool(time);
        this.names = names;
        this.settings = settings;
        this.policy = new OutboundPolicy(settings.allowList());
    }

    /**
     * Makes the request.
     *
     * @throws OutboundFailure with the Go node's text
     */
    public HttpAnswer fetch(HttpRequestData request, long bodyLimitBytes, Deadline deadline) {
        HttpRequestData current = withCredentials(request);
        String shown = request.url().text();
        for (int redirects = 0; ; redirects++) {
            HttpAnswer answer = exchange(current, shown, bodyLimitBytes, deadline);
            Optional<String> location = answer.header("location").filter(place -> !place.isEmpty());
            if (!isRedirect(answer.status()) || location.isEmpty()) {
                return answer;
            }
            shown = location.get();
            if (redirects + 1 >= settings.redirectsMax()) {
                throw failure(current, shown, "stopped after " + settings.redirectsMax() + " redirects");
            }
            current = redirected(current, answer.status(), shown);
        }
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static HttpRequestData withCredentials(HttpRequestData request) {
        if (request.url().userInfo().isEmpty() || request.headers().containsKey("Authorization")) {
            return request;
        }
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        headers.put(
                "Authorization",
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        HttpUrl.decoded(request.url().userInfo().get())));
        return new HttpRequestData(request.method(), request.url(), headers, request.body(), request.restricted());
    }

    private static HttpRequestData redirected(HttpRequestData request, int status, String location) {
        HttpUrl url;
        try {
            url = request.url().resolve(location);
        } catch (OutboundFailure e) {
            throw failure(request, location, e.text());
        }
        boolean keepsMethod = status == 307
                || status == 308
                || request.method().equals("GET")
                || request.method().equals("HEAD");
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        if (!url.host().equals(request.url().host())) {
            headers.remove("Authorization");
            headers.remove("Cookie");
        }
        if (!request.url().isSecure() || url.isSecure()) {
            headers.put("Referer", withoutUser(request.url()));
        }
        return new HttpRequestData(
                keepsMethod ? request.method() : "GET",
                url,
                headers,
                keepsMethod ? request.body() : Optional.empty(),
                request.restricted());
    }

    private static String withoutUser(HttpUrl url) {
        return url.origin() + url.target();
    }

    private HttpAnswer exchange(HttpRequestData request, String shown, long bodyLimitBytes, Deadline deadline) {
        HttpUrl url = request.url();
        if (!url.scheme().equals("http") && !url.scheme().equals("https")) {
            throw failure(request, shown, "unsupported protocol scheme " + GoQuote.quote(url.scheme()));
        }
        try {
            request.checkHeaders();
        } catch (OutboundFailure e) {
            throw failure(request, shown, e.text());
        }
        if (url.host().isEmpty()) {
            throw failure(request, shown, "http: no Host in request URL");
        }
        if (!url.hasValidPort()) {
            String port = url.text().replaceFirst("^[a-z]+://[^/?]*:([0-9]+).*$", "$1");
            throw failure(request, shown, "dial tcp: address " + port + ": invalid port");
        }
        try {
            return pool.exchange(request, () -> route(request, shown, deadline), bodyLimitBytes, deadline);
        } catch (AnswerBody.TooLarge e) {
            throw new OutboundFailure(OutboundFailure.Kind.TOO_LARGE, "error making http request: " + e.getMessage());
        } catch (SocketTimeoutException e) {
            throw timedOut();
        } catch (IOException e) {
            throw deadline.passed() || Thread.currentThread().isInterrupted()
                    ? timedOut()
                    : failure(request, shown, reason(e, url));
        }
    }

    private Route route(HttpRequestData request, String shown, Deadline deadline) throws IOException {
        HttpUrl url = request.url();
        Optional<HttpUrl> proxy = settings.proxies().of(url);
        if (proxy.isEmpty()) {
            return new Route.Direct(addresses(request, shown, deadline));
        }
        String target = url.hostAndPort();
        if (request.restricted() && !policy.trustsName(url.host())) {
            InetAddress checked = addresses(request, shown, deadline).getFirst();
            String address = checked.getHostAddress();
            target = (address.indexOf(':') >= 0 ? "[" + address + "]" : address) + ":" + url.effectivePort();
        }
        return url.isSecure() ? new Route.Tunnel(proxy.get(), target) : new Route.Forward(proxy.get());
    }

    /** The addresses of the host; for a restricted request every one of them must be allowed. */
    private List<InetAddress> addresses(HttpRequestData request, String shown, Deadline deadline) throws IOException {
        String host = request.url().host();
        List<InetAddress> addresses = List.of(resolve(host, deadline));
        for (InetAddress address : addresses) {
            if (request.restricted() && !policy.allows(host, address)) {
                throw new OutboundFailure(
                        OutboundFailure.Kind.REFUSED,
                        LOCAL_HINT
                                + failure(request, shown, "disallowed IP " + address.getHostAddress() + ". " + REFUSED)
                                        .text());
            }
        }
        return addresses;
    }

    /** A name is looked up on a thread of its own: nothing else ends a look-up in time. */
    private InetAddress[] resolve(String host, Deadline deadline) throws IOException {
        FutureTask<InetAddress[]> lookup = new FutureTask<>(() -> names.resolve(host));
        Thread.ofVirtual().name("outbound lookup").start(lookup);
        try {
            return lookup.get(deadline.left().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new SocketTimeoutException("deadline passed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketTimeoutException("interrupted");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException fault ? fault : new UnknownHostException(host);
        }
    }

    private static String reason(IOException fault, HttpUrl url) {
        String dial = "dial tcp " + url.host() + ":" + url.effectivePort() + ": ";
        return switch (fault) {
            case UnknownHostException ignored -> "dial tcp: lookup " + url.host() + ": no such host";
            case NoRouteToHostException ignored -> dial + "connect: no route to host";
            case ConnectException ignored -> dial + "connect: connection refused";
            case SocketException reset
            when String.valueOf(reset.getMessage()).contains("reset") -> "read tcp: connection reset by peer";
            default -> String.valueOf(fault.getMessage());
        };
    }

    private static OutboundFailure timedOut() {
        return new OutboundFailure(OutboundFailure.Kind.TIMED_OUT, "http request timed out or interrupted");
    }

    private static OutboundFailure failure(HttpRequestData request, String shown, String reason) {
        return new OutboundFailure(
                "error making http request: " + request.verb() + " " + GoQuote.quote(shown) + ": " + reason);
    }

    @Override
    public void close() {
        pool.close();
    }
}
