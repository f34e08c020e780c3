package io.carabiner.rpc;

import java.util.Optional;

/**
 * A JSON-RPC error object.
 *
 * @param code the number, such as -32000
 * @param message the words
 * @param data more, as JSON text; for a revert often a JSON string with {@code 0x} and hex
 * @param kind what it means for whoever asked
 */
public record RpcError(long code, String message, Optional<String> data, RpcErrorKind kind) {

    /** An error object, understood by the built-in tables. */
    public RpcError(long code, String message, Optional<String> data) {
        this(code, message, data, RpcErrors.BUILT_IN.kind(code, message));
    }

    RpcError read(RpcErrors errors) {
        return new RpcError(code, message, data, errors.kind(code, message));
    }
}
