package io.carabiner.config;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What must hold for one chain. Messages are the Go node's. */
final class EvmRules {

    private static final long LEAST_BUMP_PERCENT = 10;
    private static final long ORDER_MAX = 100;

    private final List<String> path;
    private final Section chain;
    private final Faults faults;

    /**
     * @param index the chain's place in the list
     * @param chain with defaults
     */
    EvmRules(int index, Section chain, Faults faults) {
        this.path = List.of("EVM", Integer.toString(index));
        this.chain = chain;
        this.faults = faults;
    }

    void check(ChainDefaults defaults) {
        chainId();
        chainType(defaults);
        var nodes = new NodeRules(path, chain, faults);
        nodes.webSockets();
        finality();
        gas();
        autoPurge();
        keySpecific();
        nodes.check();
    }

    private long number(String key) {
        return chain.value(key, Long.class).orElse(0L);
    }

    private Wei wei(String key) {
        return chain.value(key, Wei.class).orElse(Wei.ZERO);
    }

    private String text(String key) {
        return chain.value(key, Object.class).map(Object::toString).orElse("");
    }

    private void invalid(String leaf, Object value, String message) {
        faults.add(path, leaf, "invalid value (" + value + "): " + message, chain.positionOf(leaf));
    }

    private void missing(String leaf, String message) {
        faults.add(path, leaf, "missing: " + message, chain.positionOf(leaf));
    }

    private void chainId() {
        if (chain.value("ChainID", ChainId.class).isEmpty()) {
            missing("ChainID", "required for all chains");
        }
    }

    private void chainType(ChainDefaults defaults) {
        String type = text("ChainType");
        Optional<Section> known = chain.value("ChainID", ChainId.class).flatMap(defaults::known);
        String expected = known.flatMap(section -> section.value("ChainType", String.class))
                .orElse("");
        if (type.isEmpty() || type.equals(expected)) {
            return;
        }
        if (!expected.isEmpty()) {
            invalid("ChainType", type, "only \"" + expected + "\" can be used with this chain id");
        } else if (known.isPresent()) {
            invalid("ChainType", type, "must not be set with this chain id");
        } else if (ChainType.named(type).isEmpty()) {
            String names =
                    Arrays.stream(ChainType.values()).map(Object::toString).collect(Collectors.joining(", "));
            invalid("ChainType", type, "must be one of " + names + " or omitted");
        }
    }

    private void finality() {
        atLeastOne("FinalityDepth");
        atLeastOne("MinIncomingConfirmations");
        Optional<Long> bumpDepth = chain.value("GasEstimator.BumpTxDepth", Long.class);
        if (bumpDepth.isPresent() && bumpDepth.get() > number("Transactions.MaxInFlight")) {
            invalid(
                    "GasEstimator.BumpTxDepth",
                    bumpDepth.get(),
                    "must be less than or equal to Transactions.MaxInFlight");
        }
        if (number("HeadTracker.HistoryDepth") < number("FinalizedBlockOffset")) {
            invalid(
                    "HeadTracker.HistoryDepth",
                    number("HeadTracker.HistoryDepth"),
                    "must be greater than or equal to FinalizedBlockOffset");
        }
        atLeastOne("HeadTracker.MaxAllowedFinalityDepth");
    }

    private void atLeastOne(String key) {
        if (number(key) < 1) {
            invalid(key, number(key), "must be greater than or equal to 1");
        }
    }

    private void inGasEstimator(String leaf, Object value, String message) {
        var sections = new java.util.ArrayList<>(path);
        sections.add("GasEstimator");
        faults.add(
                sections, leaf, "invalid value (" + value + "): " + message, chain.positionOf("GasEstimator." + leaf));
    }

    private void gas() {
        Wei feeCap = wei("GasEstimator.FeeCapDefault");
        Wei tip = wei("GasEstimator.TipCapDefault");
        Wei priceMax = wei("GasEstimator.PriceMax");
        if (number("GasEstimator.BumpPercent") < LEAST_BUMP_PERCENT) {
            inGasEstimator(
                    "BumpPercent", number("GasEstimator.BumpPercent"), "may not be less than Geth's default of 10");
        }
        if (tip.compareTo(wei("GasEstimator.TipCapMin")) < 0) {
            inGasEstimator("TipCapDefault", Amounts.print(tip), "must be greater than or equal to TipCapMinimum");
        }
        if (feeCap.compareTo(tip) < 0) {
            inGasEstimator("FeeCapDefault", Amounts.print(feeCap), "must be greater than or equal to TipCapDefault");
        }
        feeCap(feeCap, priceMax);
        prices(priceMax);
        boolean blockHistory = text("GasEstimator.Mode").equals(GasEstimatorMode.BLOCK_HISTORY.toString());
        if (blockHistory && number("GasEstimator.BlockHistory.BlockHistorySize") < 1) {
            inGasEstimator(
                    "BlockHistory.BlockHistorySize",
                    number("GasEstimator.BlockHistory.BlockHistorySize"),
                    "must be greater than or equal to 1 with BlockHistory Mode");
        }
    }

    private void feeCap(Wei feeCap, Wei priceMax) {
        boolean fixed = text("GasEstimator.Mode").equals(GasEstimatorMode.FIXED_PRICE.toString());
        boolean neverBumped = number("GasEstimator.BumpThreshold") == 0;
        boolean dynamic =
                chain.value("GasEstimator.EIP1559DynamicFees", Boolean.class).orElse(false);
        if (fixed && neverBumped && dynamic) {
            if (!feeCap.equals(priceMax)) {
                inGasEstimator(
                        "FeeCapDefault",
                        Amounts.print(feeCap),
                        "must be equal to PriceMax (" + Amounts.print(priceMax) + ") since you are using FixedPrice"
                                + " estimation with gas bumping disabled in EIP1559 mode - PriceMax will be used as"
                                + " the FeeCap for transactions instead of FeeCapDefault");
            }
        } else if (feeCap.compareTo(priceMax) > 0) {
            inGasEstimator(
                    "FeeCapDefault",
                    Amounts.print(feeCap),
                    "must be less than or equal to PriceMax (" + Amounts.print(priceMax) + ")");
        }
    }

    private void prices(Wei priceMax) {
        Wei priceMin = wei("GasEstimator.PriceMin");
        Wei priceDefault = wei("GasEstimator.PriceDefault");
        if (priceMin.compareTo(priceDefault) > 0) {
            inGasEstimator("PriceMin", Amounts.print(priceMin), "must be less than or equal to PriceDefault");
        }
        if (priceMax.compareTo(priceDefault) < 0) {
            inGasEstimator("PriceMax", Amounts.print(priceMax), "must be greater than or equal to PriceDefault");
        }
    }

    private void autoPurge() {
        if (!chain.value("Transactions.AutoPurge.Enabled", Boolean.class).orElse(false)) {
            return;
        }
        String type = text("ChainType");
        switch (type) {
            case "scroll" -> {
                if (chain.value("Transactions.AutoPurge.DetectionApiUrl", URI.class)
                        .filter(url -> !url.toString().isEmpty())
                        .isEmpty()) {
                    invalid("Transactions.AutoPurge.DetectionApiUrl", "", "must be set for scroll");
                }
            }
            case "zkevm", "xlayer" -> {
                if (number("Transactions.AutoPurge.MinAttempts") > 0 && number("GasEstimator.BumpThreshold") == 0) {
                    invalid(
                            "GasEstimator.BumpThreshold",
                            0,
                            "cannot be 0 if Transactions.AutoPurge.MinAttempts is set for " + type);
                }
            }
            default -> ordinaryAutoPurge(type);
        }
    }

    private void ordinaryAutoPurge(String type) {
        if (number("GasEstimator.BumpThreshold") == 0) {
            invalid("GasEstimator.BumpThreshold", 0, "cannot be 0 if auto-purge feature is enabled for " + type);
        }
        for (String key : List.of("Transactions.AutoPurge.Threshold", "Transactions.AutoPurge.MinAttempts")) {
            if (chain.value(key, Long.class).isEmpty()) {
                missing(key, "needs to be set if auto-purge feature is enabled for " + type);
            } else if (number(key) == 0) {
                invalid(key, 0, "cannot be 0 if auto-purge feature is enabled for " + type);
            }
        }
    }

    private void keySpecific() {
        var seen = new HashSet<Address>();
        for (Section entry : chain.list("KeySpecific")) {
            Optional<Address> key = entry.value("Key", Address.class);
            if (key.isEmpty()) {
                faults.add(path, "KeySpecific.Key", "missing: must be set", entry.position());
            } else if (!seen.add(key.get())) {
                String shown = Identifiers.print(key.get());
                faults.add(
                        path,
                        "KeySpecific.Key",
                        "invalid value (" + shown + "): duplicate - must be unique",
                        entry.positionOf("Key"));
            }
        }
    }

    static boolean validOrder(long order) {
        return order >= 1 && order <= ORDER_MAX;
    }
}
