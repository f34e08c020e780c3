package io.carabiner.txm;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * A transaction as API and CLI show it.
 *
 * @param id rising with time
 * @param nonce absent while it is queued
 * @param error why it will never do what was asked
 * @param pipelineTaskRunId the task that waits for it
 * @param attempt the attempt that is shown: in a list of transactions the newest, in a list of attempts each one;
 *     absent while it is queued
 */
public record TransactionView(
        long id,
        ChainId evmChainId,
        TransactionState state,
        Address from,
        Address to,
        Bytes data,
        Wei value,
        long gasLimit,
        OptionalLong nonce,
        Optional<String> error,
        Optional<UUID> pipelineTaskRunId,
        Instant createdAt,
        Optional<AttemptView> attempt) {}
