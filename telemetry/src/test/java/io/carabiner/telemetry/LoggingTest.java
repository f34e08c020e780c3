package io.carabiner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LoggingTest {

    private final PrintStream standardError = System.err;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Metrics metrics = new Metrics();

    @TempDir
    Path folder;

    @BeforeEach
    void catchStandardError() {
        System.setErr(new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void giveStandardErrorBack() {
        System.setErr(standardError);
    }

    @Test
    void level_changesAtOnceAndTheFileHasEverything() throws Exception {
        Logging logging = Logging.configure(settings(LogLevel.WARN), metrics);
        OperatorLog log = OperatorLog.named("Level");
        log.info("A", "not shown");
        logging.level(LogLevel.DEBUG);
        log.debug("B", "shown");
        logging.level(LogLevel.CRIT);
        log.error("C", "not shown either");
        log.critical("D", "always shown");

        assertThat(written.toString(StandardCharsets.UTF_8))
                .contains("\"msg\":\"shown\"")
                .contains("\"level\":\"crit\"")
                .contains("\"msg\":\"always shown\"")
                .doesNotContain("not shown");
        assertThat(Files.readString(folder.resolve("chainlink_debug.log")))
                .contains("[INFO]  not shown ")
                .contains("[DEBUG] shown ")
                .contains("[CRIT]  always shown ");
    }

    @Test
    void aFaultThatTheHttpServerThrows_isNotLoggedByItToo() {
        Logging.configure(settings(LogLevel.DEBUG), metrics);
        LoggerFactory.getLogger("io.javalin.Javalin").error("Failed to start Javalin");

        assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void warningsAndErrors_areCounted() {
        Logging.configure(settings(LogLevel.FATAL), metrics);
        OperatorLog log = OperatorLog.named("Count");
        log.warn("A", "w");
        log.error("B", "e");
        log.error("B", "e");
        log.critical("C", "c");

        assertThat(metrics.exposition())
                .contains("log_warn_count 1\n", "log_error_count 2\n", "log_critical_count 1\n", "log_fatal_count 0\n");
        assertThat(written.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    private Logging.Settings settings(LogLevel level) {
        Logging.LogFile file = new Logging.LogFile(folder, 1_000_000, 0, 1);
        return new Logging.Settings(level, true, false, false, "0.1.0@abcdef1", Optional.of(file));
    }
}
