package io.carabiner.rpc;

import java.util.List;

/** Carries calls to one URL and their answers back. Safe for use by many threads. */
interface RpcTransport extends AutoCloseable {

    /**
     * Sends calls as one request and waits for the answer.
     *
     * @return one reply for each call, in their order
     * @throws RpcException if there is no usable answer at all
     */
    List<RpcReply> exchange(List<RpcCall> calls);

    EndpointUrl url();

    @Override
    void close();
}
