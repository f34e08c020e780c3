package io.carabiner.rpc;

import java.time.Duration;
import java.util.Optional;

/** How well an endpoint does, from 0 (useless) to 100: pure. */
final class HealthScore {

    /** Endpoints whose scores are in the same step of this width are equally good. */
    static final int STEP = 20;

    private static final double FIRST_BLOCK = 20;
    private static final double AT_THRESHOLD = 50;
    private static final double EACH_BLOCK_WITHOUT_THRESHOLD = 2;
    private static final double ALL_FAIL = 100;
    private static final double EACH_DOUBLING = 10;
    private static final double FAST_MILLIS = 150;

    private HealthScore() {}

    /**
     * The score.
     *
     * @param lagBlocks how far its newest block is behind the best endpoint's
     * @param syncThreshold {@code NodePool.SyncThreshold}: such a lag costs half of the score; 0 or 1 for none
     * @param errorRate the share of requests without a usable answer
     * @param latency what half of its answers keep; empty while not known
     */
    static int of(long lagBlocks, long syncThreshold, double errorRate, Optional<Duration> latency) {
        double lag = lagBlocks > 0 ? lagging(lagBlocks, syncThreshold) : 0;
        double slow = latency.map(HealthScore::slowness).orElse(0.0);
        return (int) Math.round(Math.max(0, 100 - lag - ALL_FAIL * errorRate - slow));
    }

    /** One block is a step: an endpoint that stands still is left at once where another one goes on. */
    private static double lagging(long blocks, long syncThreshold) {
        double each =
                syncThreshold > 1 ? (AT_THRESHOLD - FIRST_BLOCK) / (syncThreshold - 1) : EACH_BLOCK_WITHOUT_THRESHOLD;
        return FIRST_BLOCK + (blocks - 1) * each;
    }

    /** Nothing up to 150 ms, then 10 for each doubling. */
    private static double slowness(Duration latency) {
        double doublings = Math.log(latency.toMillis() / FAST_MILLIS) / Math.log(2);
        return Math.max(0, doublings) * EACH_DOUBLING;
    }

    /** The step a score is in, from 0 to 4; the higher the better. */
    static int step(int score) {
        return Math.max(0, score - 1) / STEP;
    }
}
