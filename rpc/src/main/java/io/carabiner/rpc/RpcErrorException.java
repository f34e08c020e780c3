package io.carabiner.rpc;

import java.util.Optional;

/** An endpoint answered with a JSON-RPC error object. */
public final class RpcErrorException extends RpcException {

    private static final long serialVersionUID = 1L;

    private final transient RpcError error;

    /** A refusal by the endpoint of this name. */
    public RpcErrorException(String endpoint, RpcError error) {
        super(RpcFault.ERROR_OBJECT, "RPCClient returned error (" + endpoint + "): " + error.message());
        this.error = error;
    }

    /** The error object. */
    public RpcError error() {
        return error;
    }

    /** Whether a smaller range of logs may work. */
    public boolean isTooManyResults() {
        return error.kind() == RpcErrorKind.TOO_MANY_RESULTS;
    }

    /** The error's data as JSON text, if there is any; for a revert often a JSON string with {@code 0x} and hex. */
    public Optional<String> data() {
        return error.data();
    }
}
