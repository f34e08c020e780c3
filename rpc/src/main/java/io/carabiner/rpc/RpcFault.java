package io.carabiner.rpc;

/** Why a call got no usable answer. */
public enum RpcFault {
    /** No connection: name not found, refused, TLS fault, closed. */
    UNREACHABLE,
    /** No answer in time. */
    TIMEOUT,
    /** An HTTP status that is no success, other than too many requests. */
    HTTP_STATUS,
    /** The endpoint asks for fewer calls (HTTP 429). */
    RATE_LIMITED,
    /** Not JSON, cut off, or not JSON-RPC. */
    NOT_JSON_RPC,
    /** Larger than the limit. */
    TOO_LARGE,
    /** JSON-RPC, but not the shape that this method gives. */
    MALFORMED_RESULT,
    /** An error object. */
    ERROR_OBJECT,
    /** The endpoint serves another chain than the configured one. */
    WRONG_CHAIN,
    /** The finalized block is lower than one that was given before. */
    STALE,
    /** Put off, because the day's budget of calls is spent. */
    BUDGET,
    /** No endpoint is usable at present. */
    NO_ENDPOINT,
    /** The thread was told to stop while it waited. */
    INTERRUPTED
}
