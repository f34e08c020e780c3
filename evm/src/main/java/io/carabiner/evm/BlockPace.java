package io.carabiner.evm;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The average time between blocks by their own timestamps: an exponential mean. Confined to one thread. */
final class BlockPace {

    private static final int WEIGHT = 8;

    private long averageMillis;

    void seen(Head head, @Nullable Head before) {
        if (before == null || head.number() <= before.number()) {
            return;
        }
        long blocks = head.number() - before.number();
        long millis = Math.max(
                        0,
                        Duration.between(before.timestamp(), head.timestamp()).toMillis())
                / blocks;
        averageMillis = averageMillis == 0 ? millis : averageMillis + (millis - averageMillis) / WEIGHT;
    }

    /** Zero while it is not known. */
    Duration blockTime() {
        return Duration.ofMillis(averageMillis);
    }
}
