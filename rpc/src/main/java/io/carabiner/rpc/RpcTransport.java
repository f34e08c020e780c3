package io.carabiner.rpc;

import java.util.List;

/** Carries calls to one URL and their answers back. Safe for use by many threads. */
interface RpcTransport extends AutoCloseable {

    /**
     * Sends calls as one request and waits for the answer.
     *
     * @throws RpcException if there is no usable answer at all
     */
    Answer exchange(List<RpcCall> calls);

    EndpointUrl url();

    /**
     * What came back.
     *
     * @param replies one for each call, in their order
     * @param connection which connection brought it: the same words for the same connection
     */
    record Answer(List<RpcReply> replies, String connection) {}

    @Override
    void close();
}
