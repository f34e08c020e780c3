package io.carabiner.jobs;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Juels;

/**
 * What direct requests obey on one chain.
 *
 * @param minIncomingConfirmations {@code EVM.MinIncomingConfirmations}: the least for every job
 * @param minContractPayment {@code EVM.MinContractPayment}: for jobs that set none
 */
public record DirectRequestChain(ChainId chainId, long minIncomingConfirmations, Juels minContractPayment) {}
