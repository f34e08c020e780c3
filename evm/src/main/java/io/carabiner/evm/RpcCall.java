package io.carabiner.evm;

import java.util.List;

/**
 * One JSON-RPC call.
 *
 * @param method the method's name
 * @param params its parameters: what Jackson writes as it stands (strings, booleans, numbers, lists, maps)
 */
record RpcCall(String method, List<Object> params) {

    RpcCall {
        params = List.copyOf(params);
    }

    static RpcCall of(String method, Object... params) {
        return new RpcCall(method, List.of(params));
    }
}
