package io.carabiner.rpc;

import io.carabiner.primitives.FaultException;

/**
 * A call to an endpoint got no usable answer. The message names the endpoint by its configured name and by a URL
 * without user, password, path or query, which often hold keys.
 */
public class RpcException extends FaultException {

    private static final long serialVersionUID = 1L;

    private final RpcFault fault;

    /** A fault with one sentence that tells what to do. */
    public RpcException(RpcFault fault, String message) {
        super("RPC_" + fault.name(), message);
        this.fault = fault;
    }

    /** A fault with its cause. */
    public RpcException(RpcFault fault, String message, Throwable cause) {
        super("RPC_" + fault.name(), message, cause);
        this.fault = fault;
    }

    /** The kind of fault. */
    public RpcFault fault() {
        return fault;
    }

    /** The message, which is never missing. */
    public String words() {
        return String.valueOf(getMessage());
    }
}
