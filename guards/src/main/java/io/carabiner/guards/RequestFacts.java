package io.carabiner.guards;

import io.carabiner.primitives.Address;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Knows for which requests transactions are. Safe for use by many threads. */
@FunctionalInterface
public interface RequestFacts {

    /**
     * Who asked, and what is paid.
     *
     * @param requester the account or contract that asked
     * @param payment in the smallest unit of what is paid in: juels for LINK, wei for the chain's coin
     */
    record Request(Address requester, BigInteger payment) {}

    /** The requests behind task runs; a task run without one, such as that of a cron job, is left out. */
    Map<UUID, Request> of(List<UUID> taskRunIds);
}
