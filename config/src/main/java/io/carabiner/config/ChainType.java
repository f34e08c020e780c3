package io.carabiner.config;

import java.util.Arrays;
import java.util.Optional;

/** A family of chains with rules of its own; a chain without one follows Ethereum. */
public enum ChainType {
    /** Chains like Arbitrum. */
    ARBITRUM("arbitrum"),
    /** Chains like Astar. */
    ASTAR("astar"),
    /** Chains like Celo. */
    CELO("celo"),
    /** Chains like Gnosis. */
    GNOSIS("gnosis"),
    /** Chains like Hedera. */
    HEDERA("hedera"),
    /** Chains like Kroma. */
    KROMA("kroma"),
    /** Chains like Mantle. */
    MANTLE("mantle"),
    /** Chains like Metis. */
    METIS("metis"),
    /** Chains like OptimismBedrock. */
    OPTIMISM_BEDROCK("optimismBedrock"),
    /** Chains like Pharos. */
    PHAROS("pharos"),
    /** Chains like Rootstock. */
    ROOTSTOCK("rootstock"),
    /** Chains like Scroll. */
    SCROLL("scroll"),
    /** Chains like Sei. */
    SEI("sei"),
    /** Chains like Tron. */
    TRON("tron"),
    /** Chains like Wemix. */
    WEMIX("wemix"),
    /** Chains like Xlayer. */
    XLAYER("xlayer"),
    /** Chains like Zircuit. */
    ZIRCUIT("zircuit"),
    /** Chains like Zkevm. */
    ZKEVM("zkevm"),
    /** Chains like Zksync. */
    ZKSYNC("zksync");

    private final String text;

    ChainType(String text) {
        this.text = text;
    }

    /** The type with this name in the configuration, if there is one. */
    public static Optional<ChainType> named(String name) {
        return Arrays.stream(values()).filter(type -> type.text.equals(name)).findFirst();
    }

    /** The name in the configuration. */
    @Override
    public String toString() {
        return text;
    }
}
