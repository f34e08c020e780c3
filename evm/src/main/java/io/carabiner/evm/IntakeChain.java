package io.carabiner.evm;

import io.carabiner.rpc.RpcException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The chain as the intake sees it: answers that may be stale, of another fork, or missing. */
interface IntakeChain {

    /**
     * Reads the events of a range and the headers that check them, all from one endpoint.
     *
     * @param filter what is wanted; nothing means that only the headers are read
     * @param headersOfLogs whether headers are wanted at least for the blocks that hold events, where the endpoint has
     *     them; else only those that the range names
     * @throws RpcException if no endpoint answers
     */
    RangeAnswer read(LogFilter filter, IntakePlan.Read range, boolean headersOfLogs);

    /**
     * The events of one block, asked for by its hash; empty where no endpoint can be asked that way, because it would
     * give no events instead of an error for a block that it does not have.
     *
     * @throws RpcException if no endpoint answers
     */
    Optional<List<LogEntry>> logsOf(LogFilter filter, Head block);

    /** Headers by number; those the endpoint does not have are left out. */
    Map<Long, Head> headers(Collection<Long> numbers);
}
