package io.carabiner.rpc;

/** What an error object means for whoever asked. */
public enum RpcErrorKind {
    /** A smaller range of logs may work. */
    TOO_MANY_RESULTS,
    /** The endpoint lacks a block that another one may have. */
    MISSING_BLOCK,
    /** Another endpoint, or the same one later, may answer better. */
    ENDPOINT_TROUBLE,
    /** The call itself is at fault, or reverts: every endpoint would say so. */
    CALL
}
