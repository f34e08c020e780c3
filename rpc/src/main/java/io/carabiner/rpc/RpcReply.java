package io.carabiner.rpc;

import tools.jackson.databind.JsonNode;

/** What an endpoint said to one call. */
public sealed interface RpcReply {

    /** A result, which may be JSON null. */
    record Result(JsonNode value) implements RpcReply {}

    /** An error object. */
    record Failure(RpcError error) implements RpcReply {}

    /** The answer to the batch holds nothing for this call. */
    record Missing() implements RpcReply {}
}
