package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands under {@code [Carabiner]}. */
class CarabinerConfigTest {

    private static final Map<String, String> SECRETS = Map.of(
            "CL_DATABASE_URL", "postgresql://u:sixteen-chars-pass@h/d",
            "CL_PASSWORD_KEYSTORE", "sixteen-chars-pass");
    private static final String CHAIN = """
        [[EVM]]
        ChainID = '5'
        [[EVM.Nodes]]
        Name = 'n'
        WSURL = 'ws://n.test'
        HTTPURL = 'http://n.test'
        """;
    private static final String OWN = """
        [Carabiner]
        [Carabiner.Keys]
        NativeSigning = false

        [[Carabiner.EVM]]
        ChainID = '5'
        LowBalance = '2 ether'
        """;

    @TempDir
    Path folder;

    @Test
    void ownKeys_areShownOnlyWhenTheyAreSet() throws Exception {
        assertThat(check(CHAIN).output()).doesNotContain("Carabiner");
        assertThat(check(CHAIN + OWN).output().split("\\Q" + OWN + "\\E", -1))
                .as("in the input and in the effective configuration")
                .hasSize(3);
    }

    @Test
    void ownKeys_haveTheirDefaultsWithoutBeingSet() {
        NodeConfig plain = ConfigLoader.effective(CHAIN);
        NodeConfig set = ConfigLoader.effective(CHAIN + OWN);

        assertThat(plain.carabiner().keys().nativeSigning()).isTrue();
        assertThat(plain.value("Carabiner.Keys.NativeSigning", Boolean.class)).contains(true);
        assertThat(plain.carabiner().chain(ChainId.of(5))).isEmpty();
        assertThat(set.carabiner().keys().nativeSigning()).isFalse();
        assertThat(set.carabiner().chain(ChainId.of(5)))
                .hasValueSatisfying(chain -> assertThat(chain.lowBalance()).contains(Wei.ofGwei(2_000_000_000)));
    }

    @Test
    void allowList_takesAddressesRangesAndNames_andNamesWhatIsNone() throws Exception {
        String fine = """
            [Carabiner.Outbound]
            AllowList = ['10.1.0.0/16', 'fd00::1', 'adapter.internal']
            """;
        assertThat(ConfigLoader.effective(fine + CHAIN)
                        .carabiner()
                        .outbound()
                        .allowList()
                        .orElseThrow())
                .containsExactly("10.1.0.0/16", "fd00::1", "adapter.internal");

        String wrong = """
            [Carabiner.Outbound]
            AllowList = ['10.1.0.0/40']
            """;
        assertThatThrownBy(() -> ConfigLoader.effective(wrong + CHAIN))
                .hasMessageContaining("\"10.1.0.0/40\" is no address, range of addresses (10.1.0.0/16) or host name");
    }

    @Test
    void entriesOfAChain_inLaterFiles_areLaidOverEarlierOnes() throws Exception {
        Path later = Files.writeString(folder.resolve("later.toml"), """
            [[Carabiner.EVM]]
            ChainID = '5'
            LowBalance = '3 ether'
            """);
        Path first = Files.writeString(folder.resolve("first.toml"), CHAIN + OWN);

        NodeConfig config = ConfigLoader.load(List.of(first, later), List.of(), SECRETS);

        assertThat(config.carabiner().evm()).hasSize(1);
        assertThat(config.carabiner().evm().getFirst().lowBalance()).contains(Wei.ofGwei(3_000_000_000L));
    }

    @Test
    void entryForNoChain_forAnUnknownOne_andTwoForOne_areRefusedTogether() throws Exception {
        String entries = """
            [[Carabiner.EVM]]
            LowBalance = '1 ether'
            [[Carabiner.EVM]]
            ChainID = '6'
            [[Carabiner.EVM]]
            ChainID = '5'
            [[Carabiner.EVM]]
            ChainID = '5'
            """;

        assertThat(check(CHAIN + entries).output())
                .contains("0.ChainID: missing: say which chain this is for")
                .contains("1.ChainID: invalid value (6): there is no [[EVM]] with this ChainID")
                .contains("3.ChainID: invalid value (5): duplicate - must be unique");
    }

    private ConfigCheck check(String toml) throws Exception {
        Path file = Files.writeString(folder.resolve("config.toml"), toml);
        return ConfigCheck.of(ConfigSources.of(List.of(file), List.of(), SECRETS));
    }

    private static final String SIGNER = """
        [[Carabiner.EVM]]
        ChainID = '5'
        [Carabiner.EVM.RemoteSigner]
        URL = '%s'
        %s
        """;

    @Test
    void aRemoteSigner_isBound_andRefusedWhereItIsHalf() throws Exception {
        String key = "0x00000000000000000000000000000000000000AA";
        CarabinerConfig.RemoteSigner signer = ConfigLoader.effective(
                        CHAIN + SIGNER.formatted("https://signer.test:9000", "Keys = ['" + key + "']"))
                .carabiner()
                .chain(ChainId.of(5))
                .orElseThrow()
                .remoteSigner();
        assertThat(signer.url()).hasValueSatisfying(url -> assertThat(url).hasHost("signer.test"));
        assertThat(signer.keys()).hasSize(1);
        assertThat(signer.timeout()).hasSeconds(5);

        assertThat(check(CHAIN + SIGNER.formatted("https://signer.test", "")).output())
                .contains("say which accounts the signer signs for");
        assertThat(check(CHAIN + SIGNER.formatted("ftp://u:p@signer.test", "Keys = ['" + key + "']"))
                        .output())
                .contains("must be http or https", "must not hold a user or password");
        assertThat(check(CHAIN + SIGNER.formatted("https://s.test", "Keys = ['" + key + "']\nClientKeyStore = 'a.p12'"))
                        .output())
                .contains("must be set together");
    }

    @Test
    void aChainsOwnLimits_standInPlaceOfThoseForAll() {
        CarabinerConfig config = ConfigLoader.effective(CHAIN + """
                [Carabiner.Guards]
                SpendPerKeyPerDay = '1 ether'
                GasCeiling = 100
                [[Carabiner.EVM]]
                ChainID = '5'
                [Carabiner.EVM.Guards]
                SpendPerKeyPerDay = '2 ether'
                SpendPerJobPerDay = '3 ether'
                """).carabiner();
        GuardSettings own =
                config.guards().with(config.chain(ChainId.of(5)).orElseThrow().guards());
        assertThat(own.spendPerKeyPerDay()).contains(Wei.ofGwei(2_000_000_000));
        assertThat(own.spendPerJobPerDay()).contains(Wei.ofGwei(3_000_000_000L));
        assertThat(own.spendPerRequesterPerDay()).isEmpty();
        assertThat(own.gasCeiling()).contains(100L);
    }
}
