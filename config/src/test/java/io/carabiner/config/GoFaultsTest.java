package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that were found in real Go nodes, each of which this node has not: those of its configuration. */
class GoFaultsTest {

    @TempDir
    Path folder;

    private ConfigCheck check(String config, String secrets) throws IOException {
        return ConfigCheck.of(ConfigSources.of(
                List.of(Files.writeString(folder.resolve("config.toml"), config)),
                List.of(Files.writeString(folder.resolve("secrets.toml"), secrets)),
                Map.of()));
    }

    @Test
    void emptyChainSection_isAFaultInWords_notACrash() throws IOException {
        ConfigCheck found = check("[[EVM]]\n", "");

        assertThat(found.valid()).isFalse();
        assertThat(found.output()).contains("ChainID: missing: required for all chains", "Invalid configuration");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Keystor = 'x'", "VRF = 7", "[Password", "Keystore = [1]", "= 'x'"})
    void faultInTheSecretsFile_showsNoNeighbour(String fault) throws IOException {
        ConfigCheck found = check("", """
                [Database]
                URL = 'postgresql://oracle:The-Password-Of-The-Database@127.0.0.1:1/n'
                [Password]
                Keystore = 'The-Password-Of-The-Key-Ring'
                %s
                """.formatted(fault));

        assertThat(found.valid()).isFalse();
        assertThat(found.error() + found.output()).isNotBlank().doesNotContain("The-Password");
    }
}
