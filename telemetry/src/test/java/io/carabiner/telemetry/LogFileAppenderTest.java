package io.carabiner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LogFileAppenderTest {

    @TempDir
    Path folder;

    @Test
    void fullFile_isPutAsideAndOnlyTheNewestBackupsStay() throws Exception {
        Files.createFile(folder.resolve("chainlink_debug-2000-01-01T00-00-00.000.log.gz"));
        LogFileAppender appender = appender(new Logging.LogFile(folder, 200, 0, 1));

        appender.append(event("first"));
        appender.append(event("second"));
        appender.append(event("third"));
        appender.awaitTidy();
        appender.stop();

        assertThat(names()).hasSize(2).contains("chainlink_debug.log");
        assertThat(names()).noneMatch(name -> name.contains("2000"));
        assertThat(Files.readString(folder.resolve("chainlink_debug.log"))).contains("third");
    }

    @Test
    void oldBackups_areDeletedByAge() throws Exception {
        Files.createFile(folder.resolve("chainlink_debug-2000-01-01T00-00-00.000.log.gz"));
        LogFileAppender appender = appender(new Logging.LogFile(folder, 200, 1, 0));

        appender.append(event("first"));
        appender.append(event("second"));
        appender.awaitTidy();
        appender.stop();

        assertThat(names()).noneMatch(name -> name.contains("2000"));
    }

    @Test
    void secondStart_appends() throws Exception {
        for (String message : List.of("first", "second")) {
            LogFileAppender appender = appender(new Logging.LogFile(folder, 10_000, 0, 1));
            appender.append(event(message));
            appender.stop();
        }

        assertThat(Files.readAllLines(folder.resolve("chainlink_debug.log"))).hasSize(2);
    }

    /** As on a full disk: the device takes no byte. */
    @Test
    void aFullDisk_costsMessages_andIsToldOnce_andOnceMoreWhenThereIsRoom() throws Exception {
        List<String> told = new ArrayList<>();
        try (Console console = Console.listening(told)) {
            Path file = folder.resolve("chainlink_debug.log");
            Files.createSymbolicLink(file, Path.of("/dev/full"));
            LogFileAppender appender = appender(new Logging.LogFile(folder, 10_000, 0, 1));

            appender.append(event("first"));
            appender.append(event("second"));
            Files.delete(file);
            appender.append(event("third"));
            appender.stop();

            assertThat(told).hasSize(2);
            assertThat(told.getFirst()).startsWith("WARN The log file cannot be written");
            assertThat(told.getLast()).isEqualTo("INFO Resuming disk logs, disk has enough space");
            assertThat(Files.readString(file)).contains("third").doesNotContain("second");
        }
    }

    /** Hears what the log says, for as long as it is open. */
    private static final class Console extends AppenderBase<ILoggingEvent> implements AutoCloseable {

        private final List<String> told;
        private final Logger logger = (Logger) LoggerFactory.getLogger(Logging.OWN_LOGGERS + ".DiskLogs");

        private Console(List<String> told) {
            this.told = told;
        }

        static Console listening(List<String> told) {
            Console console = new Console(told);
            console.start();
            console.logger.setLevel(Level.DEBUG);
            console.logger.addAppender(console);
            return console;
        }

        @Override
        protected void append(ILoggingEvent event) {
            told.add(event.getLevel() + " " + event.getFormattedMessage());
        }

        @Override
        public void close() {
            logger.detachAppender(this);
        }
    }

    private static LogFileAppender appender(Logging.LogFile settings) {
        PrettyLines lines = new PrettyLines("v", new Timestamps(false, ZoneOffset.UTC), false);
        LogFileAppender appender = new LogFileAppender(settings, lines);
        appender.start();
        return appender;
    }

    private static LoggingEvent event(String message) {
        LoggingEvent event = new LoggingEvent();
        event.setLoggerName("carabiner");
        event.setLevel(Level.INFO);
        event.setMessage(message);
        event.setInstant(Instant.EPOCH);
        return event;
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
