package io.carabiner.rpc;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import tools.jackson.databind.JsonNode;

/** The newest block's height where an answer tells it: pure. */
final class BlockHeights {

    private BlockHeights() {}

    /** The heights that the replies to these calls tell. */
    static LongStream in(List<RpcCall> calls, List<RpcReply> replies) {
        return IntStream.range(0, calls.size())
                .mapToLong(i -> height(calls.get(i), replies.get(i)))
                .filter(height -> height >= 0);
    }

    private static long height(RpcCall call, RpcReply reply) {
        if (!(reply instanceof RpcReply.Result(JsonNode result))) {
            return -1;
        }
        return switch (call.method()) {
            case "eth_blockNumber" -> parsed(result);
            case "eth_getBlockByNumber" -> isLatest(call) ? parsed(result.path("number")) : -1;
            default -> -1;
        };
    }

    private static boolean isLatest(RpcCall call) {
        return !call.params().isEmpty() && call.params().getFirst().equals("latest");
    }

    /** A malformed number is the caller's to complain about. */
    private static long parsed(JsonNode value) {
        String text = value.asString("");
        return text.matches("0x[0-9a-fA-F]{1,15}") ? Long.parseLong(text.substring(2), 16) : -1;
    }
}
