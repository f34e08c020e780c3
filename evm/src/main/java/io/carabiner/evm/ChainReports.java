package io.carabiner.evm;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcFault;
import io.carabiner.rpc.RpcPool;
import io.carabiner.telemetry.Counter;
import io.carabiner.telemetry.EvmMessages;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Metrics;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns what happens on a chain into operator messages and metrics. A trouble that repeats with the same words is told
 * once until it changes or is over. Thread-safe.
 */
final class ChainReports
        implements HeadReports, IntakeReports, CursorLogIntake.IntakeTroubles, LiveFeeOracle.FeeReports {

    private final String chain;
    private final EvmMessages messages;
    private final RpcPool pool;
    private final Gauge currentHead;
    private final Counter headsReceived;
    private final Counter connectionErrors;
    private final Counter logsInserted;
    private final Counter blocksInserted;
    private final Gauge currentBaseFee;
    private final Gauge setTipCap;
    private final Gauge setGasPrice;
    private final String percentile;
    private volatile Runnable eventsCame = () -> {};
    private final ConcurrentMap<String, String> told = new ConcurrentHashMap<>();

    ChainReports(ChainId chainId, EvmMessages messages, RpcPool pool, Metrics metrics, int percentile) {
        this.chain = chainId.toString();
        this.messages = messages;
        this.pool = pool;
        this.percentile = percentile + "%";
        this.currentHead = metrics.gauge("head_tracker_current_head", "The highest seen head number", "evmChainID");
        this.headsReceived =
                metrics.counter("head_tracker_heads_received", "The total number of heads seen", "ChainID");
        this.connectionErrors = metrics.counter(
                "head_tracker_connection_errors", "The total number of node connection errors", "ChainID");
        this.logsInserted = metrics.counter(
                "log_poller_logs_inserted", "Counter to track number of logs inserted by Log Poller", "evmChainID");
        this.blocksInserted = metrics.counter(
                "log_poller_blocks_inserted", "Counter to track number of blocks inserted by Log Poller", "evmChainID");
        this.currentBaseFee = metrics.gauge(
                "gas_updater_current_base_fee", "Gas updater current block base fee in Wei", "evmChainID");
        this.setTipCap = metrics.gauge(
                "gas_updater_set_tip_cap", "Gas updater set gas tip cap (in Wei)", "percentile", "evmChainID");
        this.setGasPrice = metrics.gauge(
                "gas_updater_set_gas_price", "Gas updater set gas price (in Wei)", "percentile", "evmChainID");
    }

    /** Sets what is to be done when events were stored. */
    void whenEventsCome(Runnable action) {
        eventsCame = action;
    }

    private boolean isNews(String topic, String words) {
        @Nullable String before = told.put(topic, words);
        return !words.equals(before);
    }

    private void over(String topic) {
        told.remove(topic);
    }

    @Override
    public void received(String node, Head head) {
        headsReceived.increment(chain);
        pool.sawBlock(node, head.number());
    }

    @Override
    public void accepted(String node, Head head) {
        over("head");
        currentHead.set((double) head.number(), chain);
    }

    @Override
    public void lower(String node, Head head, @Nullable Head newest) {
        messages.lowerHead(node, head.number(), newest == null ? -1 : newest.number());
    }

    @Override
    public void subscribed(String node) {
        messages.headsSubscribed(node);
    }

    @Override
    public void subscriptionLost(String node) {
        connectionErrors.increment(chain);
        messages.headsSubscriptionLost(node);
    }

    @Override
    public void silentSubscription(String node) {
        connectionErrors.increment(chain);
        messages.headsSubscriptionSilent(node);
    }

    @Override
    public void connectionError(RpcException fault) {
        if (fault.fault() == RpcFault.INTERRUPTED) {
            return;
        }
        connectionErrors.increment(chain);
        if (isNews("subscribe", fault.words())) {
            messages.headsConnectionError(fault.words());
        }
    }

    @Override
    public void unreachable(RpcException fault) {
        if (fault.fault() != RpcFault.INTERRUPTED && isNews("head", fault.words())) {
            messages.headUnknown(fault.words());
        }
    }

    @Override
    public void listenerFailed(RuntimeException fault) {
        messages.headListenerFailed(fault);
    }

    @Override
    public void reorg(long from, long cursor) {
        messages.reorg(from, cursor);
    }

    @Override
    public void deepReorg(long from, long cursor) {
        messages.deepReorg(from, cursor);
    }

    @Override
    public void chainReset(long head, long cursor) {
        messages.chainReset(head, cursor);
    }

    @Override
    public void chainShorter(long head, long cursor) {
        if (isNews("shorter", "shorter")) {
            messages.chainShorter(head, cursor);
        }
    }

    @Override
    public void bloomLied(long block, int events) {
        messages.bloomLied(block, events);
    }

    @Override
    public void skipped(long from, long to) {
        messages.blocksSkipped(from, to);
    }

    @Override
    public void rangeReduced(int blocks, String why) {
        messages.logRangeReduced(blocks, why);
    }

    @Override
    public void stored(long blocks, int logs) {
        over("intake");
        over("shorter");
        over("store");
        blocksInserted.labels(chain).add((double) blocks);
        logsInserted.labels(chain).add(logs);
        if (logs > 0) {
            eventsCame.run();
        }
    }

    @Override
    public void subscriberFailed(RuntimeException fault) {
        messages.logSubscriberFailed(fault);
    }

    @Override
    public void endpointTrouble(RpcException fault) {
        if (fault.fault() != RpcFault.INTERRUPTED && isNews("intake", fault.words())) {
            messages.logsUnreadable(fault.words());
        }
    }

    @Override
    public void waiting(String why) {
        messages.logsAskedAgain(why);
    }

    @Override
    public void storeTrouble(RuntimeException fault) {
        if (isNews("store", String.valueOf(fault.getMessage()))) {
            messages.logsNotStored(fault);
        }
    }

    @Override
    public void market(FeeMarket market, Optional<Wei> baseFee) {
        baseFee.ifPresent(fee -> currentBaseFee.set(fee.amount().doubleValue(), chain));
        market.tip().ifPresent(tip -> setTipCap.set(tip.amount().doubleValue(), percentile, chain));
        market.gasPrice().ifPresent(price -> setGasPrice.set(price.amount().doubleValue(), percentile, chain));
    }

    @Override
    public void refreshFailed(RpcException fault) {
        if (fault.fault() != RpcFault.INTERRUPTED && isNews("fees", fault.words())) {
            messages.feesUnreadable(fault.words());
        }
    }

    void finalityUnreadable(RpcException fault) {
        if (fault.fault() != RpcFault.INTERRUPTED && isNews("finality", fault.words())) {
            messages.finalityUnreadable(fault.words());
        }
    }
}
