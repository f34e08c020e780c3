package io.carabiner.testkit;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an endpoint with a {@link EndpointFault.Falsehood} makes of requests and answers. Pure. */
final class FalseAnswers {

    /** The method of what a WebSocket endpoint sends unasked. */
    static final String NOTIFICATION = "eth_subscription";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Set<String> NEWEST_TAGS = Set.of("latest", "pending", "safe", "finalized");
    private static final Set<String> BLOCK_METHODS = Set.of("eth_getBlockByNumber", "eth_getBlockByHash");
    private static final Set<String> RECEIPT_METHODS = Set.of("eth_getTransactionReceipt", "eth_getBlockReceipts");
    private static final Set<String> PRICES = Set.of("baseFeePerGas", "gasPrice", "reward");
    private static final String STRANGER = "0x00000000000000000000000000000000000bad00";
    private static final int HASH_CHARACTERS = 66;
    private static final int HEX = 16;

    private FalseAnswers() {}

    /** What the endpoint understands of a request. */
    static JsonNode request(EndpointFault.Falsehood fault, JsonNode request) {
        if (!(request instanceof ObjectNode object) || !object.has("params")) {
            return request;
        }
        return switch (fault) {
            case EndpointFault.StaleHead stale ->
                withParams(object, (key, value) -> newest(value) ? NODES.stringNode(hex(stale.block())) : value);
            case EndpointFault.OtherFork()
            when object.path("method").asString("").equals("eth_getBlockByHash") ->
                withParams(object, (key, value) -> isHash(value) ? other(value) : value);
            case EndpointFault.OtherFork() ->
                withParams(object, (key, value) -> key.equals("blockHash") ? other(value) : value);
            case EndpointFault.MissingReceipt(),
                    EndpointFault.NullAnswer(),
                    EndpointFault.WrongId(),
                    EndpointFault.LogsTwice(),
                    EndpointFault.LogsOfOthers() -> request;
            case EndpointFault.LogsLeftOut _ -> request;
            case EndpointFault.OtherChain _ -> request;
            case EndpointFault.GasSpike _ -> request;
            case EndpointFault.SkewedClock _ -> request;
            case EndpointFault.DoneWithError _ -> request;
        };
    }

    private static ObjectNode withParams(ObjectNode request, BiFunction<String, JsonNode, JsonNode> change) {
        ObjectNode changed = request.deepCopy();
        changed.set("params", rewritten("", request.get("params"), change));
        return changed;
    }

    /** The answer to a request as it is told; the request's own method decides what is concerned. */
    static JsonNode answer(EndpointFault.Falsehood fault, JsonNode request, JsonNode answer) {
        if (!(answer instanceof ObjectNode object)) {
            return answer;
        }
        ObjectNode told = object.deepCopy();
        switch (fault) {
            case EndpointFault.WrongId() -> told.put("id", answer.path("id").asLong(0) + 1_000_000);
            case EndpointFault.DoneWithError done -> {
                told.remove("result");
                told.set("error", error(done.code(), done.message()));
            }
            default -> {
                if (object.has("result")) {
                    told.set("result", result(fault, method(request), object.get("result")));
                }
            }
        }
        return told;
    }

    /** A notification as it is told; empty if it is not. */
    static Optional<JsonNode> notification(EndpointFault.Falsehood fault, JsonNode notification) {
        JsonNode result = notification.at("/params/result");
        if (fault instanceof EndpointFault.StaleHead stale && number(result, "number") > stale.block()) {
            return Optional.empty();
        }
        ObjectNode told = (ObjectNode) notification.deepCopy();
        ((ObjectNode) told.get("params")).set("result", result(fault, NOTIFICATION, result));
        return Optional.of(told);
    }

    static ObjectNode error(int code, String message) {
        return NODES.objectNode().put("code", code).put("message", message);
    }

    private static String method(JsonNode request) {
        return request.path("method").asString("");
    }

    private static JsonNode result(EndpointFault.Falsehood fault, String method, JsonNode result) {
        return switch (fault) {
            case EndpointFault.StaleHead stale -> stale(stale.block(), method, result);
            case EndpointFault.OtherFork() -> forked(result);
            case EndpointFault.MissingReceipt() -> RECEIPT_METHODS.contains(method) ? NODES.nullNode() : result;
            case EndpointFault.NullAnswer() -> NODES.nullNode();
            case EndpointFault.LogsLeftOut left -> logs(method, result, events -> leftOut(events, left.each()));
            case EndpointFault.LogsTwice() -> logs(method, result, FalseAnswers::twice);
            case EndpointFault.LogsOfOthers() -> logs(method, result, FalseAnswers::withStranger);
            case EndpointFault.OtherChain other -> chain(method, other.chainId(), result);
            case EndpointFault.GasSpike spike ->
                method.equals("eth_gasPrice")
                        ? times(result, spike.factor())
                        : rewritten(
                                "",
                                result,
                                (key, value) -> PRICES.contains(key) ? times(value, spike.factor()) : value);
            case EndpointFault.SkewedClock skewed ->
                rewritten("", result, (key, value) -> key.equals("timestamp") ? plus(value, skewed.seconds()) : value);
            case EndpointFault.WrongId() -> result;
            case EndpointFault.DoneWithError _ -> result;
        };
    }

    private static JsonNode stale(long block, String method, JsonNode result) {
        if (method.equals("eth_blockNumber")) {
            return NODES.stringNode(hex(Math.min(block, Long.decode(result.asString()))));
        }
        boolean later = (BLOCK_METHODS.contains(method) && number(result, "number") > block)
                || (RECEIPT_METHODS.contains(method) && number(result, "blockNumber") > block);
        return later
                ? NODES.nullNode()
                : logs(method, result, events -> events.stream()
                        .filter(event -> number(event, "blockNumber") <= block)
                        .toList());
    }

    private static JsonNode forked(JsonNode result) {
        JsonNode changed = rewritten(
                "", result, (key, value) -> key.equals("blockHash") || key.equals("parentHash") ? other(value) : value);
        if (changed instanceof ObjectNode block && block.has("parentHash") && block.has("hash")) {
            block.set("hash", other(block.get("hash")));
        }
        return changed;
    }

    private static boolean isHash(JsonNode value) {
        return value.isString() && value.stringValue().length() == HASH_CHARACTERS;
    }

    /** The hash on the other fork; of that one, the first again. */
    private static JsonNode other(JsonNode hash) {
        if (!isHash(hash)) {
            return hash;
        }
        String text = hash.stringValue();
        int last = Character.digit(text.charAt(HASH_CHARACTERS - 1), HEX) ^ 0xf;
        return NODES.stringNode(text.substring(0, HASH_CHARACTERS - 1) + Character.forDigit(last, HEX));
    }

    private static JsonNode chain(String method, long id, JsonNode result) {
        return switch (method) {
            case "eth_chainId" -> NODES.stringNode(hex(id));
            case "net_version" -> NODES.stringNode(Long.toString(id));
            default -> result;
        };
    }

    private interface Change {
        List<JsonNode> of(List<JsonNode> events);
    }

    private static JsonNode logs(String method, JsonNode result, Change change) {
        if (!method.equals("eth_getLogs") || !result.isArray()) {
            return result;
        }
        ArrayNode changed = NODES.arrayNode();
        change.of(StreamSupport.stream(result.spliterator(), false).toList()).forEach(changed::add);
        return changed;
    }

    private static List<JsonNode> leftOut(List<JsonNode> events, int each) {
        return IntStream.range(0, events.size())
                .filter(place -> (place + 1) % each != 0)
                .mapToObj(events::get)
                .toList();
    }

    private static List<JsonNode> twice(List<JsonNode> events) {
        return events.stream().flatMap(event -> Stream.of(event, event)).toList();
    }

    private static List<JsonNode> withStranger(List<JsonNode> events) {
        return events.stream()
                .limit(1)
                .flatMap(event -> {
                    ObjectNode stranger = (ObjectNode) event.deepCopy();
                    stranger.put("address", STRANGER);
                    return Stream.concat(Stream.of(stranger), events.stream());
                })
                .toList();
    }

    private static JsonNode rewritten(String key, JsonNode value, BiFunction<String, JsonNode, JsonNode> change) {
        JsonNode changed = change.apply(key, value);
        if (changed instanceof ObjectNode object) {
            ObjectNode copy = NODES.objectNode();
            object.properties()
                    .forEach(each -> copy.set(each.getKey(), rewritten(each.getKey(), each.getValue(), change)));
            return copy;
        }
        if (changed instanceof ArrayNode array && array.equals(value)) {
            ArrayNode copy = NODES.arrayNode();
            array.forEach(each -> copy.add(rewritten(key, each, change)));
            return copy;
        }
        return changed;
    }

    private static boolean newest(JsonNode value) {
        return value.isString() && NEWEST_TAGS.contains(value.stringValue());
    }

    private static JsonNode times(JsonNode price, int factor) {
        return price.isString()
                ? NODES.stringNode("0x"
                        + quantity(price).multiply(BigInteger.valueOf(factor)).toString(HEX))
                : price;
    }

    private static JsonNode plus(JsonNode time, long seconds) {
        return time.isString()
                ? NODES.stringNode("0x"
                        + quantity(time)
                                .add(BigInteger.valueOf(seconds))
                                .max(BigInteger.ZERO)
                                .toString(HEX))
                : time;
    }

    private static BigInteger quantity(JsonNode hex) {
        return new BigInteger(hex.stringValue().substring(2), HEX);
    }

    /** A number in a block, an event or a receipt; -1 where there is none. */
    private static long number(JsonNode object, String field) {
        JsonNode value = object.path(field);
        return value.isString() ? Long.decode(value.stringValue()) : -1;
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }
}
