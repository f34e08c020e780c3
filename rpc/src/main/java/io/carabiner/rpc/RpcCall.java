package io.carabiner.rpc;

import java.util.List;

/**
 * One JSON-RPC call.
 *
 * @param method the method's name
 * @param params its parameters: what Jackson writes as it stands (strings, booleans, numbers, lists, maps)
 */
public record RpcCall(String method, List<Object> params) {

    /** Keeps an own copy of the parameters. */
    public RpcCall {
        params = List.copyOf(params);
    }

    /** A call with these parameters. */
    public static RpcCall of(String method, Object... params) {
        return new RpcCall(method, List.of(params));
    }
}
