package io.carabiner.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON-RPC 2.0 as text: pure, no IO. Thread-safe. */
final class JsonRpcCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** The id under which an answer without any usable id is filed: it concerns the whole request. */
    static final long NO_ID = -1;

    private JsonRpcCodec() {}

    /** Numbers the calls from {@code firstId} on; one call is an object, several are an array. */
    static byte[] encode(List<RpcCall> calls, long firstId) {
        List<Map<String, Object>> objects = new ArrayList<>(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            objects.add(envelope(calls.get(i), firstId + i));
        }
        return JSON.writeValueAsBytes(objects.size() == 1 ? objects.getFirst() : objects);
    }

    private static Map<String, Object> envelope(RpcCall call, long id) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("jsonrpc", "2.0");
        object.put("id", id);
        object.put("method", call.method());
        object.put("params", call.params());
        return object;
    }

    /** Any JSON; empty if the text is none. */
    static Optional<JsonNode> parse(byte[] text) {
        try {
            JsonNode node = JSON.readTree(text);
            return node.isMissingNode() ? Optional.empty() : Optional.of(node);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** The replies by id; empty if this is no JSON-RPC answer. */
    static Optional<Map<Long, RpcReply>> decode(JsonNode answer) {
        Map<Long, RpcReply> replies = new HashMap<>();
        Iterable<JsonNode> objects = answer.isArray() ? answer : List.of(answer);
        for (JsonNode object : objects) {
            Optional<RpcReply> reply = reply(object);
            if (reply.isEmpty()) {
                return Optional.empty();
            }
            replies.putIfAbsent(id(object), reply.get());
        }
        return Optional.of(replies);
    }

    private static Optional<RpcReply> reply(JsonNode object) {
        JsonNode error = object.path("error");
        if (error.isObject()) {
            return Optional.of(new RpcReply.Failure(error(error)));
        }
        if (error.isString()) {
            return Optional.of(new RpcReply.Failure(new RpcError(0, error.asString(), Optional.empty())));
        }
        JsonNode result = object.path("result");
        return result.isMissingNode() ? Optional.empty() : Optional.of(new RpcReply.Result(result));
    }

    private static RpcError error(JsonNode error) {
        JsonNode data = error.path("data");
        return new RpcError(
                error.path("code").asLong(0),
                error.path("message").asString(""),
                data.isMissingNode() || data.isNull() ? Optional.empty() : Optional.of(data.toString()));
    }

    static long id(JsonNode object) {
        JsonNode id = object.path("id");
        return id.isIntegralNumber() ? id.asLong() : NO_ID;
    }

    /** The replies in the order of the calls; an error without an id stands for every call that has no reply. */
    static List<RpcReply> inOrder(Map<Long, RpcReply> replies, long firstId, int count) {
        RpcReply otherwise = replies.get(NO_ID) instanceof RpcReply.Failure failure ? failure : new RpcReply.Missing();
        List<RpcReply> ordered = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ordered.add(replies.getOrDefault(firstId + i, otherwise));
        }
        return ordered;
    }
}
