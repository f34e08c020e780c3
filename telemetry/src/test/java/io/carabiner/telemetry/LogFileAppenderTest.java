package io.carabiner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
