package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * docs/configuration.md is written from the table of keys: run with {@code -Dcarabiner.docs=write} to write it anew.
 */
class ConfigurationDocTest {

    private static final Path FILE = Path.of("../docs/configuration.md");

    @Test
    void configurationDoc_saysWhatTheTableSays() throws IOException {
        if (System.getProperty("carabiner.docs", "").equals("write")) {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, document(), StandardCharsets.UTF_8);
        }
        assertThat(Golden.text(FILE))
                .as("docs/configuration.md is not what the table of keys says: mvn -pl config -am test"
                        + " -Dtest=ConfigurationDocTest -Dsurefire.failIfNoSpecifiedTests=false -Dcarabiner.docs=write")
                .isEqualTo(document());
    }

    private static String document() {
        long live = ConfigKeys.all().stream()
                .filter(key -> key.use() == ConfigKey.Use.LIVE)
                .count();
        var text = new StringBuilder("""
                # Configuration

                Every key of configuration files (`-c`, later files win, then the variable `CL_CONFIG`) and of secrets files (`-s`). Names, types and
                defaults are the Go node's (2.31); names are read without regard to case, unknown ones are refused. A key marked *inert* is read and
                checked, and does nothing in this version: %d of %d keys are live. `carabiner config validate` lists the inert keys that a file sets.

                Chains bring defaults of their own, by chain id: `config/src/main/resources/io/carabiner/config/chains`. A folder named by
                `CL_CHAIN_DEFAULTS` with files `evm/*.toml` replaces them; `evm/fallback.toml` there is laid over the defaults below.

                Where no file is given and `CL_CONFIG` is empty, the environment variables of version 1 (`DATABASE_URL`, `ETH_URL`, `JSON_CONSOLE`…) configure
                the node; those that do nothing any more are told once at the start. `carabiner config migrate` prints them as a configuration file, and with
                `--secrets-output FILE` writes the secrets file. Beside files they are refused.

                Types: *duration* `1h2m3.5s`, `500ms` · *size* `5120mb`, `32768b` (1 kb = 1000 bytes) · *wei* a number with `wei`, `kwei`, `mwei`, `gwei`,
                `micro`, `milli`, `ether`… · *link* a number with `link` or `juels` · *address* `0x` and 40 hex digits with the checksum of EIP-55.
                """.formatted(live, ConfigKeys.all().size()));
        text.append("\n## Configuration files\n");
        append(text, ConfigKeys.all().stream().filter(key -> !isOwn(key)).toList());
        text.append("""

                ### Keys of our own

                The Go node refuses these, so all of them stand under `[Carabiner]`: deleting that table is enough to go back. `carabiner config
                validate` shows them only when they are set. What concerns one chain stands in an entry `[[Carabiner.EVM]]` with that chain's `ChainID`.
                """);
        append(
                text,
                ConfigKeys.all().stream().filter(ConfigurationDocTest::isOwn).toList());
        text.append("""

                ## Secrets files

                Each may also come from the environment: `CL_DATABASE_URL`, `CL_DATABASE_BACKUP_URL`, `CL_DATABASE_ALLOW_SIMPLE_PASSWORDS`,
                `CL_PASSWORD_KEYSTORE`, `CL_PASSWORD_VRF`, `CL_PYROSCOPE_AUTH_TOKEN`, `CL_PROMETHEUS_AUTH_TOKEN`, `CL_THRESHOLD_KEY_SHARE`; these win over
                the files. No key may be in two files.
                """);
        append(text, ConfigKeys.secrets());
        return text.toString();
    }

    private static boolean isOwn(ConfigKey key) {
        return key.path().startsWith(CarabinerKeys.ROOT + ".");
    }

    private static void append(StringBuilder text, List<ConfigKey> keys) {
        String section = "";
        text.append("\n| Key | Type | Default | What it does |\n|---|---|---|---|\n");
        for (ConfigKey key : keys) {
            int dot = key.path().lastIndexOf('.');
            String own = dot < 0 ? "" : key.path().substring(0, dot);
            if (!own.equals(section)) {
                section = own;
                text.append("| **").append(header(own)).append("** | | | |\n");
            }
            text.append("| ")
                    .append(key.name().replace("*", "any name"))
                    .append(" | ")
                    .append(key.type().name());
            text.append(" | ")
                    .append(key.defaultText().map(value -> "`" + value + "`").orElse("unset"));
            text.append(" | ")
                    .append(key.use() == ConfigKey.Use.INERT ? "*inert* " : "")
                    .append(key.doc())
                    .append(" |\n");
        }
    }

    private static String header(String section) {
        String name = section.replace("[]", "").replace(".*", ".<name>");
        return section.endsWith("[]") ? "\\[\\[" + name + "\\]\\]" : "\\[" + name + "\\]";
    }
}
