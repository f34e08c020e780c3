package io.carabiner.rpc;

import io.carabiner.primitives.ChainId;
import java.util.List;

/** Asks an endpoint which chain it serves. */
final class ChainCheck {

    static final RpcCall CALL = RpcCall.of("eth_chainId");

    private ChainCheck() {}

    /**
     * Reads the answer to {@link #CALL}, the first of the replies.
     *
     * @throws RpcException if the endpoint serves another chain or does not say
     */
    static void require(EndpointUrl url, ChainId expected, List<RpcReply> replies) {
        ChainId served =
                switch (replies.getFirst()) {
                    case RpcReply.Result result -> new ChainId(JsonFields.quantity(result.value(), "eth_chainId"));
                    case RpcReply.Failure failure -> throw new RpcErrorException(url.node(), failure.error());
                    case RpcReply.Missing missing ->
                        throw url.fault(RpcFault.NOT_JSON_RPC, "no answer to eth_chainId: check " + url.key());
                };
        if (!served.equals(expected)) {
            throw url.fault(
                    RpcFault.WRONG_CHAIN,
                    "serves chain " + served + ", but ChainID is " + expected + ": check " + url.key()
                            + "; the endpoint is not used until it serves chain " + expected);
        }
    }
}
