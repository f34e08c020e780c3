package io.carabiner.fluxmonitor;

import io.carabiner.primitives.Address;

/**
 * A FluxAggregator's event {@code NewRound}.
 *
 * @param roundId at most 2^32−1
 * @param startedBy who began it
 * @param startedAt seconds since 1970
 */
record NewRound(long roundId, Address startedBy, long startedAt) {}
