package io.carabiner.txm;

import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A queued transaction, as a {@link SendGate} judges it.
 *
 * @param id of its row
 * @param from the key that would send it
 * @param to as it would be signed; the forwarder where it goes through one
 * @param data as it would be signed
 * @param value native coin sent along
 * @param gasLimit as it would be signed
 * @param fee as it would be signed now; bumps may raise it later
 * @param meta a JSON object with the Go node's names ({@code JobID}, {@code RequestID}, …)
 * @param pipelineTaskRunId the task that waits for it
 * @param askedAt when it was queued
 */
public record SendQuestion(
        long id,
        ChainId chain,
        Address from,
        Address to,
        Bytes data,
        Wei value,
        long gasLimit,
        FeeQuote fee,
        Optional<String> meta,
        Optional<UUID> pipelineTaskRunId,
        Instant askedAt) {}
