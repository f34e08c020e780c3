package io.carabiner.evm;

import io.carabiner.config.ChainType;
import io.carabiner.config.EvmConfig;
import io.carabiner.crypto.Keccak256;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcFault;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;

/**
 * What a layer 2 asks for a byte or a unit of gas of the layer under it, from the contract that tells it: {@code
 * GasEstimator.DAOracle}, or the contract that the {@code ChainType} is known to have. Rules of the Go node 2.15 and
 * 2.31, core/chains/evm/gas/rollups. Thread-safe.
 */
final class DataPrices {

    /** A price is used for this long; after twice that it is not believed any more. */
    static final Duration FRESH = Duration.ofSeconds(6);

    /** A chain is upgraded seldom; this often it is asked again. */
    static final Duration UPGRADE_CHECK = Duration.ofHours(4);

    private static final Address OP_GAS_PRICE_ORACLE = Address.fromHex("420000000000000000000000000000000000000F");
    private static final Address KROMA_GAS_PRICE_ORACLE = Address.fromHex("4200000000000000000000000000000000000005");
    private static final Address SCROLL_GAS_PRICE_ORACLE = Address.fromHex("5300000000000000000000000000000000000002");
    private static final Address ARB_GAS_INFO = Address.fromHex("000000000000000000000000000000000000006C");
    private static final Address ZKSYNC_SYSTEM_CONTEXT = Address.fromHex("000000000000000000000000000000000000800B");
    private static final BigInteger SIXTEEN = BigInteger.valueOf(16);
    private static final int WORD = 32;

    /** Who tells the price. */
    sealed interface Source {
        record Optimism(Address oracle) implements Source {}

        record L1BaseFee(Address oracle) implements Source {}

        record Arbitrum(Address gasInfo) implements Source {}

        record ZkSync(Address systemContext) implements Source {}

        record Custom(Address oracle, Bytes calldata) implements Source {}
    }

    private final Optional<Source> source;
    private final EthClient client;
    private final TimeSource time;
    private Optional<Wei> price = Optional.empty();
    private long readNanos;
    private boolean scalars;
    private boolean upgradeKnown;
    private long upgradeNanos;

    DataPrices(EvmConfig config, EthClient client, TimeSource time) {
        this.source = source(config);
        this.client = client;
        this.time = time;
    }

    /** The configured oracle, or the one of the chain's type; none for a chain that stands alone. */
    static Optional<Source> source(EvmConfig config) {
        EvmConfig.DaOracle oracle = config.gasEstimator().daOracle();
        Optional<Address> address = oracle.oracleAddress();
        return switch (oracle.oracleType().orElse("")) {
            case "opstack" -> Optional.of(new Source.Optimism(address.orElse(OP_GAS_PRICE_ORACLE)));
            case "arbitrum" -> Optional.of(new Source.Arbitrum(ARB_GAS_INFO));
            case "zksync" -> Optional.of(new Source.ZkSync(ZKSYNC_SYSTEM_CONTEXT));
            case "custom_calldata" ->
                address.flatMap(contract ->
                        oracle.customGasPriceCalldata().map(data -> new Source.Custom(contract, Bytes.fromHex(data))));
            default -> config.chainType().flatMap(DataPrices::ofType);
        };
    }

    private static Optional<Source> ofType(ChainType type) {
        return switch (type) {
            case ARBITRUM -> Optional.of(new Source.Arbitrum(ARB_GAS_INFO));
            case OPTIMISM_BEDROCK, MANTLE, ZIRCUIT -> Optional.of(new Source.Optimism(OP_GAS_PRICE_ORACLE));
            case KROMA -> Optional.of(new Source.L1BaseFee(KROMA_GAS_PRICE_ORACLE));
            case SCROLL -> Optional.of(new Source.L1BaseFee(SCROLL_GAS_PRICE_ORACLE));
            case ZKSYNC -> Optional.of(new Source.ZkSync(ZKSYNC_SYSTEM_CONTEXT));
            case ASTAR, CELO, GNOSIS, HEDERA, METIS, PHAROS, ROOTSTOCK, SEI, TRON, WEMIX, XLAYER, ZKEVM ->
                Optional.empty();
        };
    }

    /** The price; empty on a chain that has none. Asks the network where what is known is too old. */
    synchronized Optional<Wei> price() {
        if (source.isEmpty()) {
            return Optional.empty();
        }
        long age = time.monotonicNanos() - readNanos;
        if (price.isPresent() && age < FRESH.toNanos()) {
            return price;
        }
        try {
            price = Optional.of(read(source.get()));
            readNanos = time.monotonicNanos();
        } catch (RpcException e) {
            if (price.isEmpty() || age > 2 * FRESH.toNanos()) {
                throw e;
            }
        }
        return price;
    }

    private Wei read(Source from) {
        return new Wei(
                switch (from) {
                    case Source.Optimism optimism -> optimism(optimism.oracle());
                    case Source.L1BaseFee oracle -> number(oracle.oracle(), "l1BaseFee()");
                    case Source.Arbitrum arbitrum -> number(arbitrum.gasInfo(), "getL1BaseFeeEstimate()");
                    case Source.ZkSync zkSync ->
                        number(zkSync.systemContext(), "gasPrice()")
                                .multiply(number(zkSync.systemContext(), "gasPerPubdataByte()"));
                    case Source.Custom custom -> number(custom.oracle(), custom.calldata());
                });
    }

    /** Since the Ecotone upgrade the price is weighed of the base fee and of the blobs' base fee. */
    private BigInteger optimism(Address oracle) {
        BigInteger baseFee = number(oracle, "l1BaseFee()");
        if (!hasScalars(oracle)) {
            return baseFee;
        }
        BigInteger weighed = baseFee.multiply(SIXTEEN)
                .multiply(number(oracle, "baseFeeScalar()"))
                .add(number(oracle, "blobBaseFee()").multiply(number(oracle, "blobBaseFeeScalar()")));
        int decimals = number(oracle, "decimals()").intValueExact();
        return weighed.divide(SIXTEEN.multiply(BigInteger.TEN.pow(decimals)));
    }

    private boolean hasScalars(Address oracle) {
        if (!upgradeKnown || time.monotonicNanos() - upgradeNanos > UPGRADE_CHECK.toNanos()) {
            scalars = says(oracle, "isFjord()") || says(oracle, "isEcotone()");
            upgradeKnown = true;
            upgradeNanos = time.monotonicNanos();
        }
        return scalars;
    }

    /** An oracle from before the upgrade does not know the question. */
    private boolean says(Address oracle, String question) {
        try {
            return number(oracle, question).signum() != 0;
        } catch (RpcException e) {
            if (e instanceof RpcErrorException || e.fault() == RpcFault.MALFORMED_RESULT) {
                return false;
            }
            throw e;
        }
    }

    private BigInteger number(Address contract, String signature) {
        return number(contract, selector(signature));
    }

    private BigInteger number(Address contract, Bytes calldata) {
        Bytes answer = client.call(CallRequest.to(contract, calldata), BlockTag.LATEST);
        if (answer.size() < WORD) {
            throw new RpcException(
                    RpcFault.MALFORMED_RESULT,
                    "the contract " + contract + " that tells the price of data gave " + answer.size()
                            + " bytes instead of a number: check GasEstimator.DAOracle");
        }
        return new BigInteger(1, answer.slice(0, WORD).toArray());
    }

    static Bytes selector(String signature) {
        return Keccak256.hashText(signature).bytes().slice(0, 4);
    }
}
