package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.cli.Surroundings;
import io.carabiner.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config explain} and {@code config diff} as they are typed. */
class ExplainCommandsTest {

    private static final Terminal NO_TERMINAL = new Terminal() {
        @Override
        public boolean isInteractive() {
            return false;
        }

        @Override
        public String readHidden() {
            throw new IllegalStateException("nobody types");
        }
    };

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int call(String... words) {
        return Main.program(new Surroundings(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        InputStream.nullInputStream(),
                        NO_TERMINAL,
                        Map.of(),
                        folder,
                        folder))
                .run(words);
    }

    @Test
    void keyAndDifference_areShownOfTheFilesThatWereNamed() throws Exception {
        Files.writeString(folder.resolve("a.toml"), "[Log]\nLevel = 'debug'\n");
        Files.writeString(folder.resolve("b.toml"), "[Log]\nLevel = 'warn'\n");

        assertThat(call("-c", "a.toml", "config", "explain", "Log.Level")).isZero();
        assertThat(call("-c", "a.toml", "config", "diff")).isZero();
        assertThat(call("config", "diff", "a.toml", "b.toml")).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("Log.Level = 'debug'   # from ", "a.toml:2:1", "default 'info'")
                .endsWith("- Log.Level = 'debug'\n+ Log.Level = 'warn'\n");
    }

    @Test
    void mistakes_areAnsweredInOneLine_andFail() {
        assertThat(call("config", "explain")).isEqualTo(1);
        assertThat(call("config", "explain", "Log.Levle")).isEqualTo(1);
        assertThat(call("config", "diff", "one.toml")).isEqualTo(1);

        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(3);
    }
}
