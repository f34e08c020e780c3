package io.carabiner.rpc;

import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/**
 * {@code Carabiner.RPC.DailyCallsMax}: when a chain's calls of a UTC day are spent, what can wait is put off until the
 * day ends. Sending, receipts and nonces, heads and the log cursor go on whatever that costs. Thread-safe.
 */
final class RpcBudget {

    /** Consumers whose calls can wait: looks at idle endpoints, and balances that are only shown. */
    static final Set<String> DEFERRABLE = Set.of("pool", "balances");

    private final long dailyCallsMax;
    private final UsageBook usage;
    private final TimeSource time;
    private final Watch watch;

    // Guarded by this.
    private LocalDate toldDay = LocalDate.MIN;

    /** Is told once a day that the budget is spent. */
    interface Watch {
        void spent(long dailyCallsMax, Duration untilMidnight);
    }

    /** @param dailyCallsMax 0 for no limit */
    RpcBudget(long dailyCallsMax, UsageBook usage, TimeSource time, Watch watch) {
        this.dailyCallsMax = dailyCallsMax;
        this.usage = usage;
        this.time = time;
        this.watch = watch;
    }

    long dailyCallsMax() {
        return dailyCallsMax;
    }

    /** Whether calls that can wait, and calls that only save time, may be made. */
    boolean allowsDeferrable() {
        if (dailyCallsMax <= 0 || usage.today() < dailyCallsMax) {
            return true;
        }
        tell();
        return false;
    }

    private synchronized void tell() {
        LocalDate day = LocalDate.ofInstant(time.now(), ZoneOffset.UTC);
        if (!day.equals(toldDay)) {
            toldDay = day;
            watch.spent(dailyCallsMax, untilMidnight(day));
        }
    }

    private Duration untilMidnight(LocalDate day) {
        return Duration.between(
                time.now(), day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    /**
     * Refuses calls that can wait when the budget is spent.
     *
     * @throws RpcException of kind {@code BUDGET}
     */
    void require(String consumer) {
        if (DEFERRABLE.contains(consumer) && !allowsDeferrable()) {
            throw new RpcException(
                    RpcFault.BUDGET,
                    "put off until midnight UTC: the day's " + dailyCallsMax
                            + " RPC calls are spent (Carabiner.RPC.DailyCallsMax)");
        }
    }
}
