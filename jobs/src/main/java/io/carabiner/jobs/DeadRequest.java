package io.carabiner.jobs;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * A request on chain that will not be answered unless somebody acts.
 *
 * @param jobId empty if its job was deleted
 * @param requestId empty if the request's event cannot be read
 * @param state {@code rejected}, {@code cancelled}, {@code vanished} (off the chain by a reorg) or {@code errored}
 * @param reason why, in a sentence or as the errors of its run, a JSON array
 * @param runId its last run; that may have been deleted since
 */
public record DeadRequest(
        long id,
        OptionalInt jobId,
        ChainId chainId,
        Address contract,
        Optional<Hash32> requestId,
        Hash32 transactionHash,
        long blockNumber,
        String state,
        String reason,
        OptionalLong runId,
        Instant createdAt) {}
