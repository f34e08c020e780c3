package io.carabiner.txm;

import io.carabiner.crypto.Eip55;
import io.carabiner.keystore.EthKey;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.BalanceMessages;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Metrics;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Shows what the enabled keys of one chain own ({@code eth_balance}, in the coin) and warns of those that have too
 * little. It asks only when something could have changed: at the start, after {@link #changed}, and now and then for
 * what others pay in. One thread runs it; {@link #changed} is for others.
 *
 * <p>Counterpart in the Go node: core/chains/evm/monitor/balance.go (2.15), which asks with every block.
 */
public final class BalanceMonitor implements AutoCloseable {

    /** How long a balance is believed if nothing of this node changes it. */
    static final Duration REFRESH = Duration.ofMinutes(10);

    /** The least time between two looks, however much changes. */
    static final Duration PAUSE = Duration.ofSeconds(15);

    private static final int COIN_DECIMALS = 18;

    /**
     * What it needs.
     *
     * @param keys the enabled keys
     * @param balance asks the chain; throws a fault if the chain is silent
     * @param least below this a key is warned of
     */
    public record Needs(
            ChainId chain,
            Supplier<List<EthKey>> keys,
            Function<Address, Wei> balance,
            Function<Address, Wei> least,
            Metrics metrics) {}

    private final Needs needs;
    private final BalanceMessages messages;
    private final Gauge gauge;
    private final Semaphore changes = new Semaphore(0);
    private final Set<Address> low = new HashSet<>();
    private final Thread thread;

    /** At rest until {@link #start}. */
    public BalanceMonitor(Needs needs) {
        this.needs = needs;
        this.messages = new BalanceMessages(needs.chain());
        this.gauge = needs.metrics().gauge("eth_balance", "Each Ethereum account's balance", "account", "evmChainID");
        this.thread = Thread.ofVirtual().name("balances-" + needs.chain()).unstarted(this::run);
    }

    /** Begins with a first look. */
    public void start() {
        changed();
        thread.start();
    }

    /** Says that balances may have changed: a transaction was mined, or the set of keys is another. Never waits. */
    public void changed() {
        changes.release();
    }

    private void run() {
        try {
            while (true) {
                if (changes.tryAcquire(REFRESH.toMillis(), TimeUnit.MILLISECONDS)) {
                    changes.drainPermits();
                }
                look();
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Asks for each key's balance, shows it, and says what became low and what is enough again.
     *
     * @return the keys that became low
     */
    List<Address> look() {
        List<Address> found = new ArrayList<>();
        for (EthKey key : needs.keys().get()) {
            Address address = key.address();
            try {
                Wei balance = needs.balance().apply(address);
                gauge.set(inCoin(balance), Eip55.format(address), needs.chain().toString());
                if (becameLow(address, balance, needs.least().apply(address))) {
                    found.add(address);
                }
            } catch (FaultException e) {
                messages.unknown(Eip55.format(address), String.valueOf(e.getMessage()));
            }
        }
        return found;
    }

    private boolean becameLow(Address address, Wei balance, Wei least) {
        if (balance.compareTo(least) >= 0) {
            if (low.remove(address)) {
                messages.enough(Eip55.format(address), balance.toString());
            }
            return false;
        }
        boolean news = low.add(address);
        if (news) {
            messages.low(Eip55.format(address), balance.toString(), least.toString());
        }
        return news;
    }

    private static double inCoin(Wei balance) {
        return new BigDecimal(balance.amount(), COIN_DECIMALS).doubleValue();
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
