package io.carabiner.evm;

import io.carabiner.config.EvmConfig;
import io.carabiner.config.GasEstimatorMode;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import java.math.BigInteger;

/**
 * The gas that Arbitrum takes besides that of the call: for every transaction and for each byte of its data. In mode
 * Arbitrum it is added to the limit, which stays at or below {@code LimitMax} (Go node 2.15,
 * core/chains/evm/gas/arbitrum_estimator.go). Thread-safe.
 */
final class ArbitrumGas {

    private static final Address ARB_GAS_INFO = Address.fromHex("000000000000000000000000000000000000006C");
    private static final Bytes PRICES = DataPrices.selector("getPricesInArbGas()");
    private static final int WORD = 32;

    /**
     * As the contract says.
     *
     * @param perTransaction units of gas
     * @param perByte units of gas
     */
    record Prices(long perTransaction, long perByte) {}

    private final boolean active;
    private final long limitMax;
    private final EthClient client;
    private volatile Prices prices = new Prices(0, 0);

    ArbitrumGas(EvmConfig.GasEstimator gas, EthClient client) {
        this.active = gas.mode() == GasEstimatorMode.ARBITRUM;
        this.limitMax = gas.limitMax();
        this.client = client;
    }

    /** Asks the network, in mode Arbitrum. */
    void refresh() {
        if (active) {
            Bytes answer = client.call(CallRequest.to(ARB_GAS_INFO, PRICES), BlockTag.LATEST);
            if (answer.size() >= 2 * WORD) {
                prices = new Prices(word(answer, 0), word(answer, 1));
            }
        }
    }

    private static long word(Bytes answer, int index) {
        BigInteger word =
                new BigInteger(1, answer.slice(index * WORD, (index + 1) * WORD).toArray());
        return word.bitLength() > 62 ? Long.MAX_VALUE >> 1 : word.longValueExact();
    }

    long limit(long call, int dataBytes) {
        return active ? limit(call, dataBytes, prices, limitMax) : call;
    }

    static long limit(long call, int dataBytes, Prices prices, long limitMax) {
        BigInteger all = BigInteger.valueOf(call)
                .add(BigInteger.valueOf(prices.perTransaction()))
                .add(BigInteger.valueOf(prices.perByte()).multiply(BigInteger.valueOf(dataBytes)));
        return all.min(BigInteger.valueOf(Math.max(call, limitMax))).longValueExact();
    }
}
