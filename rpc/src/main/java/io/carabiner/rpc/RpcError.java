package io.carabiner.rpc;

import java.util.Optional;

/**
 * A JSON-RPC error object.
 *
 * @param code the number, such as -32000
 * @param message the words
 * @param data more, as JSON text; for a revert often a JSON string with {@code 0x} and hex
 */
public record RpcError(long code, String message, Optional<String> data) {}
