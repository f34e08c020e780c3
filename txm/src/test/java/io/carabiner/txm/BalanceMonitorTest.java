package io.carabiner.txm;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.crypto.Eip55;
import io.carabiner.keystore.EthKey;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.Metrics;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BalanceMonitorTest {

    private static final ChainId CHAIN = ChainId.of(1337);
    private static final Address KEY = Address.fromHex("0x00000000000000000000000000000000000000aa");
    private static final Address OTHER = Address.fromHex("0x00000000000000000000000000000000000000bb");

    private final Metrics metrics = new Metrics();
    private final BlockingQueue<Address> asked = new LinkedBlockingQueue<>();
    private volatile Wei balance = Wei.ofGwei(2_500_000_000L);
    private volatile boolean silent;

    private BalanceMonitor monitor() {
        return new BalanceMonitor(new BalanceMonitor.Needs(
                CHAIN, () -> List.of(key(KEY), key(OTHER)), this::ask, key -> Wei.ofGwei(1_000_000_000), metrics));
    }

    private static EthKey key(Address address) {
        return new EthKey(address, CHAIN, true, Instant.EPOCH, Instant.EPOCH);
    }

    private Wei ask(Address key) {
        asked.add(key);
        if (silent) {
            throw new Silence();
        }
        return balance;
    }

    private static final class Silence extends FaultException {
        private static final long serialVersionUID = 1L;

        Silence() {
            super("SILENT", "nobody answers");
        }
    }

    @Test
    void balances_areShownInTheCoin_underTheChecksummedAddress() {
        monitor().look();

        assertThat(metrics.exposition())
                .contains("eth_balance{account=\"" + Eip55.format(KEY) + "\",evmChainID=\"1337\"} 2.5")
                .contains("eth_balance{account=\"" + Eip55.format(OTHER) + "\",evmChainID=\"1337\"} 2.5");
    }

    @Test
    void lowBalance_isWarnedOfOnce_andAgainAfterItWasEnough() {
        BalanceMonitor monitor = monitor();
        balance = Wei.ofGwei(999_999_999);
        assertThat(monitor.look()).containsExactly(KEY, OTHER);
        assertThat(monitor.look()).isEmpty();

        balance = Wei.ofGwei(1_000_000_000);
        assertThat(monitor.look()).isEmpty();
        balance = Wei.ZERO;
        assertThat(monitor.look()).hasSize(2);
    }

    @Test
    void silentChain_leavesTheLastBalance_andSaysNothingOfLow() {
        BalanceMonitor monitor = monitor();
        monitor.look();
        silent = true;

        assertThat(monitor.look()).isEmpty();
        assertThat(metrics.exposition()).contains("} 2.5");
    }

    @Test
    void running_asksAtTheStart_andThenLeavesTheChainAlone() throws Exception {
        try (BalanceMonitor monitor = monitor()) {
            monitor.start();
            assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo(KEY);
            assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo(OTHER);
            monitor.changed();
            assertThat(asked).as("not again before the pause is over").isEmpty();
        }
    }
}
