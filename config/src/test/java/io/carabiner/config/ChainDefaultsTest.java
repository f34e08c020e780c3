package io.carabiner.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.primitives.ChainId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each built-in chain file by itself; what the Go node recorded of them is compared in {@link EffectiveConfigTest}. */
class ChainDefaultsTest {

    private static final Path FOLDER = Path.of("src/main/resources/io/carabiner/config/chains");

    /** A chain that nobody knows: only the common defaults hold for it. */
    private static final String UNKNOWN = "4242424242";

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "CL_DATABASE_URL", "postgresql://u:sixteen-chars-pass@h/d", "CL_PASSWORD_KEYSTORE", "sixteen-chars-pass");

    private static final String NODE = """
            [[EVM.Nodes]]
            Name = 'n'
            WSURL = 'ws://n.test'
            HTTPURL = 'http://n.test'
            """;

    static List<String> ids() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString().replace(".toml", ""))
                    .sorted()
                    .toList();
        }
    }

    private static String text(String id) {
        return Golden.text(FOLDER.resolve(id + ".toml"));
    }

    @Test
    void eachChainHasOneFile() throws IOException {
        assertThat(ids()).hasSize(119);
        assertThat(ids().stream().map(ChainDefaultsTest::chainIdIn).collect(Collectors.toSet()))
                .hasSize(119);
    }

    private static ChainId chainIdIn(String id) {
        return section(id).value("ChainID", ChainId.class).orElseThrow();
    }

    private static Section section(String id) {
        if (!(Schema.CONFIG.root().find("EVM").orElseThrow() instanceof Schema.ListItem list)) {
            throw new AssertionError("EVM is not a list");
        }
        TomlReader reader = new TomlReader(id + ".toml", false);
        Section section = reader.read(text(id), list.table());
        assertThat(reader.faults()).as("keys that nobody knows, or bad values").isEmpty();
        return section;
    }

    @ParameterizedTest
    @MethodSource("ids")
    void file_isReadWithoutFault_andNamesItsOwnChain(String id) {
        assertThat(chainIdIn(id)).hasToString(id);
    }

    /** The file is nothing but what an operator could write for a chain that nobody knows. */
    @ParameterizedTest
    @MethodSource("ids")
    void effectiveValues_areTheCommonDefaultsWithTheFileLaidOver(String id) {
        Map<String, String> chain = effective("[[EVM]]\nChainID = '" + id + "'\n");
        assertThat(chain).isEqualTo(effective(asWrittenByAnOperator(id)));

        Map<String, String> common = effective("[[EVM]]\nChainID = '" + UNKNOWN + "'\n");
        Map<String, String> inFile = values(text(id), "");
        assertThat(chain.keySet())
                .containsAll(inFile.keySet().stream()
                        .filter(key -> !key.equals("ChainID"))
                        .toList());
        chain.keySet().stream()
                .filter(key -> !inFile.containsKey(key))
                .forEach(key -> assertThat(chain.get(key)).as(key).isEqualTo(common.get(key)));
    }

    @ParameterizedTest
    @MethodSource("ids")
    void chain_obeysTheRules(String id, @TempDir Path folder) throws IOException {
        Path config = folder.resolve("config.toml");
        Files.writeString(config, "[[EVM]]\nChainID = '" + id + "'\n" + NODE);
        ConfigCheck check = ConfigCheck.of(ConfigSources.of(List.of(config), List.of(), ENVIRONMENT));
        assertThat(check.valid()).as(Golden.verdict(check.output())).isTrue();
    }

    private static String asWrittenByAnOperator(String id) {
        return "[[EVM]]\nChainID = '" + UNKNOWN + "'\n"
                + text(id).lines()
                        .filter(line -> !line.startsWith("ChainID"))
                        .map(line -> line.startsWith("[") ? line.replaceFirst("^(\\[+)", "$1EVM.") : line)
                        .collect(Collectors.joining("\n"));
    }

    /** All keys of the chain but its id, with their values. */
    private static Map<String, String> effective(String toml) {
        String printed = ConfigPrinter.effectiveToml(ConfigLoader.effective(toml));
        Map<String, String> values = values(printed.substring(printed.indexOf("[[EVM]]")), "EVM");
        assertThat(values.remove("ChainID")).isNotNull();
        return values;
    }

    private static Map<String, String> values(String toml, String root) {
        Map<String, String> values = new LinkedHashMap<>();
        String section = "";
        for (String line : toml.lines().toList()) {
            if (line.startsWith("[")) {
                section = line.replaceAll("[\\[\\]]", "").replaceFirst("^" + root + "\\.?", "");
            } else if (line.contains(" = ") && !line.startsWith("#")) {
                String key = line.substring(0, line.indexOf(" = ")).strip();
                values.put(section.isEmpty() ? key : section + "." + key, line.substring(line.indexOf(" = ") + 3));
            }
        }
        return values;
    }
}
