package io.carabiner.rpc;

import tools.jackson.databind.JsonNode;

/** Is told what a subscription brings. */
public interface SubscriptionListener {

    /** A notification. Called on the connection's thread, in order; must be quick. */
    void notified(String node, JsonNode result);

    /** The connection ended; nothing more comes. Called once, on any thread. */
    void closed(String node);

    /** An endpoint did not take the subscription. Called by the thread that subscribes. */
    void refused(RpcException fault);
}
