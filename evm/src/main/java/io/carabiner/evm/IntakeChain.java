package io.carabiner.evm;

import io.carabiner.rpc.RpcException;
import java.util.Collection;
import java.util.Map;

/** The chain as the intake sees it: answers that may be stale, of another fork, or missing. */
interface IntakeChain {

    /**
     * Reads the events of a range and the headers that check them, all from one endpoint.
     *
     * @param filter what is wanted; nothing means that only the headers are read
     * @return with headers at least for the blocks that hold events, where the endpoint has them
     * @throws RpcException if no endpoint answers
     */
    RangeAnswer read(LogFilter filter, IntakePlan.Read range);

    /** Headers by number; those the endpoint does not have are left out. */
    Map<Long, Head> headers(Collection<Long> numbers);
}
