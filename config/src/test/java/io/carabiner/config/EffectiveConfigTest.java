package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.Wei;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EffectiveConfigTest {

    /** Defaults that 2.31 changed for all chains. */
    private static final Set<String> CHANGED_SINCE_2_15 = Set.of(
            "GasEstimator.LimitDefault",
            "GasEstimator.LimitMax",
            "HeadTracker.FinalityTagBypass",
            "LogPrunePageSize",
            "NodePool.DeathDeclarationDelay",
            "NodePool.EnforceRepeatableRead");

    @Test
    void effectiveConfig_isWhatTheGoNode231Printed() {
        NodeConfig config = ConfigLoader.effective(Golden.text(Golden.ROOT.resolve("v2.31/input.toml")));

        assertThat(ConfigPrinter.effectiveToml(config))
                .isEqualTo(Golden.text(Golden.ROOT.resolve("v2.31/effective.toml")));
        assertThat(ConfigPrinter.inputToml(config)).isEqualTo(Golden.text(Golden.ROOT.resolve("v2.31/input.toml")));
    }

    static Stream<String> chains() throws IOException {
        try (Stream<Path> files = Files.list(Golden.ROOT.resolve("v2.15"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("defaults-\\d+\\.toml"))
                    .map(name -> name.replaceAll("\\D", ""))
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("chains")
    void chainDefaults_areThoseOf215_butForWhat231Changed(String chainId) {
        Map<String, String> recorded = values(Golden.text(Golden.ROOT.resolve("v2.15/defaults-" + chainId + ".toml")));
        Map<String, String> ours = values(
                chainPart(ConfigPrinter.effectiveToml(ConfigLoader.effective("[[EVM]]\nChainID = '" + chainId + "'"))));

        var different = new TreeSet<String>();
        recorded.forEach((key, value) -> {
            if (!key.startsWith("Nodes.") && !value.equals(ours.get(key)) && !CHANGED_SINCE_2_15.contains(key)) {
                different.add(chainId + " " + key + " " + value + " -> " + ours.get(key));
            }
        });
        assertThat(different).isEqualTo(changedFor(chainId));
    }

    /** Defaults that 2.31 changed for one chain, a line each: chain id, key, old value, new value. */
    private static Set<String> changedFor(String chainId) {
        var changed = new TreeSet<String>();
        Golden.text(Golden.ROOT.resolve("changed-from-v2.15-to-v2.31.txt"))
                .lines()
                .filter(line -> line.startsWith(chainId + " "))
                .forEach(changed::add);
        return changed;
    }

    @Test
    void priceMaxOfAKey_isItsOwnWhereThatIsLower() {
        EvmConfig chain = ConfigLoader.effective("""
                        [[EVM]]
                        ChainID = '99999'
                        GasEstimator.PriceMax = '100 gwei'
                        [[EVM.KeySpecific]]
                        Key = '0x2a3e23c6f242F5345320814aC8a1b4E58707D292'
                        GasEstimator.PriceMax = '79 gwei'
                        """).evm().getFirst();

        assertThat(chain.priceMax(Address.fromHex("0x2a3e23c6f242F5345320814aC8a1b4E58707D292")))
                .isEqualTo(Wei.ofGwei(79));
        assertThat(chain.priceMax(Address.ZERO)).isEqualTo(Wei.ofGwei(100));
        assertThat(chain.bumpTxDepth()).isEqualTo(chain.transactions().maxInFlight());
        assertThat(chain.feeCapBufferBlocks()).isEqualTo(4);
    }

    @Test
    void ownChainDefaults_replaceTheBuiltInOnes(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("evm"));
        Files.writeString(folder.resolve("evm/mine.toml"), "ChainID = '1'\nFinalityDepth = 26\n");
        Files.writeString(folder.resolve("evm/fallback.toml"), "MinIncomingConfirmations = 27\n");
        var env = Map.of(
                "CL_CHAIN_DEFAULTS", folder.toString(),
                "CL_DATABASE_URL", "postgresql://u:sixteen-chars-pass@h/d",
                "CL_PASSWORD_KEYSTORE", "sixteen-chars-pass",
                "CL_CONFIG",
                        "[[EVM]]\nChainID = '1'\n[[EVM.Nodes]]\nName = 'n'\nWSURL = 'ws://n'\nHTTPURL = 'http://n'");

        EvmConfig chain = ConfigLoader.load(List.of(), List.of(), env).evm().getFirst();

        assertThat(chain.finalityDepth()).isEqualTo(26);
        assertThat(chain.minIncomingConfirmations()).isEqualTo(27);
        assertThat(chain.linkContractAddress()).isEmpty();
        assertThat(chain.nodePool().syncThreshold()).isEqualTo(5);
    }

    @Test
    void keysOutsideTheTypedSections_areReadByPath() {
        NodeConfig config = ConfigLoader.effective("OCR.Enabled = true\nFeature.CCIP = false\nRootDir = '$HOME/x'");

        assertThat(config.value("OCR.Enabled", Boolean.class)).contains(true);
        assertThat(config.value("OCR2.Enabled", Boolean.class)).contains(false);
        assertThat(config.value("OCR.TransmitterAddress", Address.class)).isEmpty();
        assertThat(config.inertKeysSet()).containsExactly("Feature.CCIP", "OCR.Enabled");
    }

    private static String chainPart(String effective) {
        return effective.substring(effective.indexOf("[[EVM]]"));
    }

    /** Keys with their sections below EVM. */
    private static Map<String, String> values(String toml) {
        var values = new LinkedHashMap<String, String>();
        String section = "";
        for (String line : toml.lines().toList()) {
            if (line.startsWith("[")) {
                section = line.replaceAll("[\\[\\]]", "").replaceFirst("^EVM\\.?", "");
            } else if (line.contains(" = ")) {
                String key = line.substring(0, line.indexOf(" = "));
                values.put(section.isEmpty() ? key : section + "." + key, line.substring(line.indexOf(" = ") + 3));
            }
        }
        return values;
    }
}
