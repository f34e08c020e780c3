package io.carabiner.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every warning and error of the node has a row that says what it means and what to do; nothing else has one. */
class MessagesDocTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path MESSAGES = ROOT.resolve("telemetry/src/main/java/io/carabiner/telemetry");
    private static final Path PAGE = ROOT.resolve("docs/operations/messages.md");

    private static final Pattern SAID = Pattern.compile("\\.(warn|error|critical)\\(\\s*\"([A-Z][A-Z0-9_]+)\"");

    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| `([A-Z0-9_]+)` \\| (warn|error|crit) \\| [^|]{10,} \\| [^|]{5,} \\|$");

    @Test
    void everyCode_hasARow_withItsLevel() throws IOException {
        Map<String, String> said = said();
        assertThat(documented(Files.readString(PAGE)))
                .as("codes of docs/operations/messages.md; a new warning needs a row there")
                .isEqualTo(said);
        assertThat(said).hasSizeGreaterThan(50);
    }

    @Test
    void aRowWithoutAdvice_isNone() {
        assertThat(documented("| `NODE_X` | warn | It means something. | |\n")).isEmpty();
        assertThat(documented("| `NODE_X` | warn | It means something. | Do this. |\n"))
                .containsExactly(Map.entry("NODE_X", "warn"));
    }

    private static Map<String, String> documented(String page) {
        Map<String, String> found = new TreeMap<>();
        Matcher rows = ROW.matcher(page);
        while (rows.find()) {
            found.put(rows.group(1), rows.group(2));
        }
        return found;
    }

    private static Map<String, String> said() throws IOException {
        Map<String, String> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(MESSAGES)) {
            for (Path file : files.filter(each -> each.toString().endsWith("Messages.java"))
                    .toList()) {
                Matcher calls = SAID.matcher(Files.readString(file));
                while (calls.find()) {
                    found.put(calls.group(2), calls.group(1).equals("critical") ? "crit" : calls.group(1));
                }
            }
        }
        return found;
    }
}
