package io.carabiner.rpc;

import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** JSON-RPC over HTTP POST. Redirects are not followed: a key must not travel to another host. */
final class HttpTransport implements RpcTransport {

    private static final int TOO_MANY_REQUESTS = 429;

    private final EndpointUrl url;
    private final RpcLimits limits;
    private final EndpointUrl.HostResolver resolver;
    private final HttpClient client;
    private final HttpRequest.Builder template;
    private final AtomicLong nextId = new AtomicLong(1);

    HttpTransport(EndpointUrl url, RpcLimits limits) {
        this(url, limits, InetAddress::getByName);
    }

    HttpTransport(EndpointUrl url, RpcLimits limits, EndpointUrl.HostResolver resolver) {
        this(url, limits, resolver, Optional.empty());
    }

    HttpTransport(EndpointUrl url, RpcLimits limits, EndpointUrl.HostResolver resolver, Optional<SSLContext> tls) {
        this.url = url;
        this.resolver = resolver;
        this.limits = limits;
        // HTTP/2 only where TLS negotiates it: the upgrade of a plain connection confuses simple servers.
        HttpClient.Version version =
                "https".equals(url.uri().getScheme()) ? HttpClient.Version.HTTP_2 : HttpClient.Version.HTTP_1_1;
        HttpClient.Builder builder = HttpClient.newBuilder()
                .version(version)
                .connectTimeout(limits.connectTimeout())
                .executor(Executors.newVirtualThreadPerTaskExecutor());
        tls.ifPresent(builder::sslContext);
        this.client = builder.build();
        this.template = HttpRequest.newBuilder()
                .header("Content-Type", "application/json")
                .timeout(limits.queryTimeout());
        url.userInfo().ifPresent(userInfo -> template.header("Authorization", basic(userInfo)));
    }

    static String basic(String userInfo) {
        return "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public EndpointUrl url() {
        return url;
    }

    @Override
    public Answer exchange(List<RpcCall> calls) {
        long firstId = nextId.getAndAdd(calls.size());
        HttpResponse<byte[]> response = send(JsonRpcCodec.encode(calls, firstId));
        return new Answer(
                JsonRpcCodec.inOrder(replies(response), firstId, calls.size()),
                response.connectionLabel().orElse("unknown"));
    }

    private HttpResponse<byte[]> send(byte[] body) {
        HttpRequest request = template.copy()
                .uri(url.dialable(resolver))
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.answerMaxBytes()));
        try {
            // The request's own timeout ends with the headers; this one also ends a body that never comes.
            return answer.get(limits.queryTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw ConnectFaults.timeout(url, limits.queryTimeout());
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw url.fault(RpcFault.INTERRUPTED, "told to stop while waiting for an answer", e);
        } catch (ExecutionException e) {
            throw ConnectFaults.explain(url, limits, e.getCause() == null ? e : e.getCause());
        }
    }

    private Map<Long, RpcReply> replies(HttpResponse<byte[]> response) {
        byte[] body = response.body();
        // Some endpoints send the error object with a status of 4xx or 5xx; the object says more than the status.
        Map<Long, RpcReply> replies =
                JsonRpcCodec.parse(body).flatMap(JsonRpcCodec::decode).orElse(Map.of());
        if (response.statusCode() == TOO_MANY_REQUESTS) {
            throw new RateLimitedException(url, response.headers().firstValue("Retry-After"));
        }
        if (replies.isEmpty() && response.statusCode() / 100 != 2) {
            throw AnswerFaults.status(url, response.statusCode());
        }
        if (replies.isEmpty()) {
            throw AnswerFaults.notJsonRpc(url, body, response.headers().firstValueAsLong("Content-Length"));
        }
        return replies;
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
