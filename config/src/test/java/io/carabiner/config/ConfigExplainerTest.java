package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator is told about a key, and about what was changed. */
class ConfigExplainerTest {

    @TempDir
    Path folder;

    private ConfigSources sources;

    @BeforeEach
    void write() throws IOException {
        Path file = folder.resolve("config.toml");
        Files.writeString(file, """
                [Log]
                Level = 'debug'

                [[EVM]]
                ChainID = '137'
                FinalityDepth = 77

                [[EVM.Nodes]]
                Name = 'main'
                HTTPURL = 'http://127.0.0.1:1'
                """);
        Path secrets = folder.resolve("secrets.toml");
        Files.writeString(secrets, """
                [Password]
                Keystore = 'The-Secret-Of-The-Key-Ring'
                """);
        sources =
                ConfigSources.of(List.of(file), List.of(secrets), Map.of("CL_CONFIG", "[WebServer]\nHTTPPort = 7777"));
    }

    @Test
    void key_isExplainedWithDocumentationDefaultValueAndPlace() {
        assertThat(ConfigExplainer.explain(sources, "log.level"))
                .startsWith("Log.Level (")
                .contains("default: 'info'")
                .contains("Log.Level = 'debug'   # from " + folder.resolve("config.toml") + ":2:1");
        assertThat(ConfigExplainer.explain(sources, "WebServer.HTTPPort"))
                .contains("HTTPPort = 7777   # from CL_CONFIG:2");
        assertThat(ConfigExplainer.explain(sources, "Log.JSONConsole")).contains("= false   # default");
    }

    @Test
    void keyOfAChain_saysWhatOfItIsTheChainsNature() {
        assertThat(ConfigExplainer.explain(sources, "EVM.FinalityDepth"))
                .contains("EVM[137].FinalityDepth = 77   # from ", "config.toml:6:1");
        assertThat(ConfigExplainer.explain(sources, "EVM[137].GasEstimator.BumpMin"))
                .contains("# default of this chain");
        assertThat(ConfigExplainer.explain(sources, "EVM.Nodes.HTTPURL")).contains("EVM[137].Nodes[main].HTTPURL = ");
        assertThat(ConfigExplainer.explain(sources, "EVM.BalanceMonitor").lines())
                .contains("EVM.BalanceMonitor.Enabled (bool)");
    }

    @Test
    void secret_isMasked() {
        assertThat(ConfigExplainer.explain(sources, "Password.Keystore"))
                .contains("Password.Keystore = 'xxxxx'", "secrets.toml:2:1")
                .doesNotContain("The-Secret");
    }

    @Test
    void unknownKey_isRefusedWithSimilarOnes() {
        assertThatThrownBy(() -> ConfigExplainer.explain(sources, "EVM.BumpMin"))
                .isInstanceOf(ConfigException.class)
                .hasMessage("there is no key EVM.BumpMin; do you mean EVM.GasEstimator.BumpMin?");
        assertThatThrownBy(() -> ConfigExplainer.explain(sources, "nothing.at.all!"))
                .hasMessageContaining("docs/configuration.md");
    }

    @Test
    void diff_showsWhatIsSetOtherwiseThanTheDefaults_andNothingElse() {
        assertThat(ConfigExplainer.diff(sources).lines().map(line -> line.replaceAll("   #.*, default ", " default ")))
                .containsExactly(
                        "Log.Level = 'debug' default 'info'",
                        "WebServer.HTTPPort = 7777 default 6688",
                        "EVM[137].FinalityDepth = 77 default 500",
                        "EVM[137].Nodes[main].Name = 'main' default none",
                        "EVM[137].Nodes[main].HTTPURL = 'http://127.0.0.1:1' default none");
    }

    @Test
    void twoFiles_areCompared() throws IOException {
        Path other = folder.resolve("other.toml");
        Files.writeString(other, "[Log]\nLevel = 'warn'\n");
        ConfigSources second = ConfigSources.of(List.of(other), List.of(), Map.of());
        ConfigSources first = ConfigSources.of(
                List.of(Files.writeString(
                        folder.resolve("first.toml"), "[Log]\nLevel = 'debug'\nJSONConsole = true\n")),
                List.of(),
                Map.of());

        assertThat(ConfigExplainer.diff(first, second)).isEqualTo("""
                        - Log.Level = 'debug'
                        + Log.Level = 'warn'
                        - Log.JSONConsole = true
                        + Log.JSONConsole = false
                        """);
        assertThat(ConfigExplainer.diff(first, first)).isEmpty();
    }
}
