package io.carabiner.rpc;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What one endpoint answered to one request.
 *
 * @param node the endpoint's name
 * @param replies one for each call, in their order
 */
public record RpcAnswer(String node, List<RpcReply> replies) {

    /**
     * The result of a call.
     *
     * @throws RpcException if there is an error object, or nothing
     */
    public JsonNode value(int call) {
        return switch (replies.get(call)) {
            case RpcReply.Result result -> result.value();
            case RpcReply.Failure failure -> throw new RpcErrorException(node, failure.error());
            case RpcReply.Missing missing ->
                throw new RpcException(
                        RpcFault.NOT_JSON_RPC, "RPC endpoint " + node + " left out the answer to a call of a batch");
        };
    }
}
