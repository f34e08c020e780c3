package io.carabiner.rpc;

import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One open WebSocket: many callers at once, answers told apart by id. A call that gets no answer in time ends the
 * connection, since a half-open one looks the same.
 */
final class WebSocketConnection implements WebSocket.Listener {

    /** A request in flight. */
    private static final class Waiting {
        final long firstId;
        final int count;
        final CompletableFuture<Map<Long, RpcReply>> answer = new CompletableFuture<>();
        final @Nullable Consumer<JsonNode> onNotification;

        Waiting(long firstId, int count, @Nullable Consumer<JsonNode> onNotification) {
            this.firstId = firstId;
            this.count = count;
            this.onNotification = onNotification;
        }
    }

    private final EndpointUrl url;
    private final RpcLimits limits;
    private final ReentrantLock sending = new ReentrantLock();
    private final StringBuilder message = new StringBuilder();

    // Guarded by this.
    private final TreeMap<Long, Waiting> waiting = new TreeMap<>();
    private final Map<String, Consumer<JsonNode>> subscriptions = new TreeMap<>();
    private final List<Runnable> closeListeners = new ArrayList<>();
    private @Nullable RpcException ended;
    private long nextId = 1;

    private volatile @Nullable WebSocket socket;

    WebSocketConnection(EndpointUrl url, RpcLimits limits) {
        this.url = url;
        this.limits = limits;
    }

    void opened(WebSocket open) {
        socket = open;
    }

    synchronized boolean isOpen() {
        return ended == null && socket != null;
    }

    List<RpcReply> exchange(List<RpcCall> calls) {
        return exchange(calls, null);
    }

    void subscribe(String kind, Consumer<JsonNode> onNotification, Runnable onClosed) {
        RpcReply reply = exchange(List.of(RpcCall.of("eth_subscribe", kind)), onNotification)
                .getFirst();
        if (reply instanceof RpcReply.Failure failure) {
            throw new RpcErrorException(url.node(), failure.error());
        }
        boolean late;
        synchronized (this) {
            late = ended != null;
            if (!late) {
                closeListeners.add(onClosed);
            }
        }
        if (late) {
            onClosed.run();
        }
    }

    private List<RpcReply> exchange(List<RpcCall> calls, @Nullable Consumer<JsonNode> onNotification) {
        Waiting request = enlist(calls.size(), onNotification);
        try {
            send(new String(JsonRpcCodec.encode(calls, request.firstId), StandardCharsets.UTF_8));
            return JsonRpcCodec.inOrder(await(request.answer), request.firstId, request.count);
        } finally {
            synchronized (this) {
                waiting.remove(request.firstId);
            }
        }
    }

    private synchronized Waiting enlist(int count, @Nullable Consumer<JsonNode> onNotification) {
        if (ended != null) {
            throw ended;
        }
        Waiting request = new Waiting(nextId, count, onNotification);
        nextId += count;
        waiting.put(request.firstId, request);
        return request;
    }

    private void send(String text) {
        @Nullable WebSocket open = socket;
        if (open == null) {
            throw url.fault(RpcFault.UNREACHABLE, "the connection is not open");
        }
        // The JDK's WebSocket takes the next message only when the last one is out.
        sending.lock();
        try {
            await(open.sendText(text, true));
        } finally {
            sending.unlock();
        }
    }

    private <T> T await(CompletableFuture<T> future) {
        try {
            return future.get(limits.queryTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            end(url.fault(RpcFault.UNREACHABLE, "the connection was given up because an answer did not come in time"));
            throw ConnectFaults.timeout(url, limits.queryTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw url.fault(RpcFault.INTERRUPTED, "told to stop while waiting for an answer", e);
        } catch (ExecutionException e) {
            throw ConnectFaults.explain(url, limits, e.getCause() == null ? e : e.getCause());
        }
    }

    void abandon(String reason) {
        end(url.fault(RpcFault.UNREACHABLE, reason));
    }

    private void end(RpcException reason) {
        List<Waiting> failed;
        List<Runnable> listeners;
        synchronized (this) {
            if (ended != null) {
                return;
            }
            ended = reason;
            failed = List.copyOf(waiting.values());
            listeners = List.copyOf(closeListeners);
            subscriptions.clear();
        }
        @Nullable WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
        failed.forEach(request -> request.answer.completeExceptionally(reason));
        listeners.forEach(Runnable::run);
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
        if (message.length() + part.length() > limits.answerMaxBytes()) {
            end(ConnectFaults.tooLarge(url, limits.answerMaxBytes()));
            return null;
        }
        message.append(part);
        if (last) {
            String whole = message.toString();
            message.setLength(0);
            received(whole.getBytes(StandardCharsets.UTF_8));
        }
        webSocket.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket webSocket, int status, String reason) {
        end(url.fault(RpcFault.UNREACHABLE, "the endpoint closed the WebSocket (" + status + ")"));
        return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
        end(ConnectFaults.explain(url, limits, error));
    }

    private void received(byte[] text) {
        JsonNode node = JsonRpcCodec.parse(text).orElse(null);
        if (node == null) {
            end(AnswerFaults.notJsonRpc(url, text, java.util.OptionalLong.empty()));
        } else if (node.path("method").isString()) {
            notified(node.path("params"));
        } else {
            answered(node, text);
        }
    }

    private void notified(JsonNode params) {
        @Nullable Consumer<JsonNode> handler;
        synchronized (this) {
            handler = subscriptions.get(params.path("subscription").asString(""));
        }
        if (handler != null) {
            handler.accept(params.path("result"));
        }
    }

    private void answered(JsonNode node, byte[] text) {
        Map<Long, RpcReply> replies = JsonRpcCodec.decode(node).orElse(null);
        if (replies == null) {
            end(AnswerFaults.notJsonRpc(url, text, java.util.OptionalLong.empty()));
            return;
        }
        @Nullable Waiting request = requestOf(replies);
        if (request != null) {
            request.answer.complete(replies);
        }
    }

    /** Whose answer this is; one without an id is taken for the oldest's. The subscription is noted before the caller
     * wakes, so that no notification right behind the answer is lost. */
    private synchronized @Nullable Waiting requestOf(Map<Long, RpcReply> replies) {
        long id = replies.keySet().stream()
                .filter(known -> known != JsonRpcCodec.NO_ID)
                .findFirst()
                .orElse(waiting.isEmpty() ? 0L : waiting.firstKey());
        Map.@Nullable Entry<Long, Waiting> entry = waiting.floorEntry(id);
        if (entry == null || id >= entry.getValue().firstId + entry.getValue().count) {
            return null;
        }
        Waiting request = entry.getValue();
        if (request.onNotification != null && replies.get(id) instanceof RpcReply.Result(JsonNode subscription)) {
            subscriptions.put(subscription.asString(""), request.onNotification);
        }
        return request;
    }
}
