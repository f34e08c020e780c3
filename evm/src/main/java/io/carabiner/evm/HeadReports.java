package io.carabiner.evm;

import io.carabiner.rpc.RpcException;
import org.jspecify.annotations.Nullable;

/** What the head tracker has to tell. */
interface HeadReports {

    void received(String node, Head head);

    void accepted(String node, Head head);

    void lower(String node, Head head, @Nullable Head newest);

    void subscribed(String node);

    void subscriptionLost(String node);

    void silentSubscription(String node);

    void connectionError(RpcException fault);

    void unreachable(RpcException fault);

    void listenerFailed(RuntimeException fault);
}
