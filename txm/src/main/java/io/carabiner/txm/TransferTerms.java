package io.carabiner.txm;

import io.carabiner.primitives.Wei;

/**
 * What a transfer of native coin takes now.
 *
 * @param gasLimit {@code EVM.GasEstimator.LimitTransfer}
 * @param feeMax the most that its gas may cost
 * @param balance what the key has
 */
public record TransferTerms(long gasLimit, Wei feeMax, Wei balance) {}
