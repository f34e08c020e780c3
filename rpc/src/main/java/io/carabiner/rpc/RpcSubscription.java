package io.carabiner.rpc;

/** A subscription over the WebSocket of one endpoint. It ends with the connection. */
public interface RpcSubscription {

    /** The endpoint's name. */
    String node();

    /** Gives the connection up, and the subscription with it; the next one is made on a new connection. */
    void abandon();
}
