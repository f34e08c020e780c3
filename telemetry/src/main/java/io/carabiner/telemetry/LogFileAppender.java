package io.carabiner.telemetry;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import io.carabiner.primitives.TimeSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes {@code chainlink_debug.log}; a full file is renamed after the time, packed with gzip, and deleted when there
 * are too many or it is too old. Names and rules are the Go node's (2.15, core/logger with lumberjack).
 *
 * <p>A disk that refuses a write costs that message, never the node: the console is told once, and again when it can be
 * written.
 */
final class LogFileAppender extends AppenderBase<ILoggingEvent> {

    private static final String STEM = "chainlink_debug";
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH-mm-ss.SSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Logging.LogFile settings;
    private final Encoder<ILoggingEvent> encoder;
    private final Path current;
    private final LogFileMessages messages = new LogFileMessages();
    private @Nullable OutputStream out;
    private @Nullable Thread tidying;
    private long sizeBytes;
    private long lost;

    LogFileAppender(Logging.LogFile settings, Encoder<ILoggingEvent> encoder) {
        this.settings = settings;
        this.encoder = encoder;
        this.current = settings.directory().resolve(STEM + ".log");
        setName("file");
    }

    @Override
    public void start() {
        try {
            Files.createDirectories(settings.directory());
            out = open();
            super.start();
        } catch (IOException e) {
            addError("cannot write the log file " + current, e);
        }
    }

    private OutputStream open() throws IOException {
        sizeBytes = Files.exists(current) ? Files.size(current) : 0;
        return Files.newOutputStream(current, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public void stop() {
        super.stop();
        close();
    }

    private void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            addWarn("cannot close the log file " + current, e);
        }
        out = null;
    }

    @Override
    protected void append(ILoggingEvent event) {
        byte[] line = encoder.encode(event);
        try {
            OutputStream target = target(line.length);
            target.write(line);
            sizeBytes += line.length;
            written();
        } catch (IOException e) {
            notWritten(e);
        }
    }

    private OutputStream target(int length) throws IOException {
        if (out != null && sizeBytes + length > settings.maxSizeBytes()) {
            return rotate();
        }
        OutputStream target = out == null ? open() : out;
        out = target;
        return target;
    }

    /** Opened anew with the next message: the disk may have room again, or be another one. */
    private void notWritten(IOException fault) {
        close();
        if (lost == 0) {
            messages.failed(current, String.valueOf(fault.getMessage()));
        }
        lost++;
    }

    private void written() {
        if (lost > 0) {
            long count = lost;
            lost = 0;
            messages.resumed(current, count);
        }
    }

    private OutputStream rotate() throws IOException {
        close();
        if (Files.exists(current) && Files.size(current) > 0) {
            Path full = settings.directory()
                    .resolve(STEM + "-" + STAMP.format(TimeSource.system().now()) + ".log");
            Files.move(current, full);
            tidying = Thread.startVirtualThread(() -> tidy(full));
        }
        OutputStream fresh = open();
        out = fresh;
        return fresh;
    }

    /** Waits until the file that was put aside last is packed and superfluous ones are gone. */
    void awaitTidy() throws InterruptedException {
        if (tidying != null) {
            tidying.join();
        }
    }

    private void tidy(Path full) {
        try {
            pack(full);
            for (Path old : superfluous()) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            addWarn("cannot tidy the log folder " + settings.directory(), e);
        }
    }

    private static void pack(Path full) throws IOException {
        Path packed = full.resolveSibling(full.getFileName() + ".gz");
        try (OutputStream target = new GZIPOutputStream(Files.newOutputStream(packed))) {
            Files.copy(full, target);
        }
        Files.delete(full);
    }

    private List<Path> superfluous() throws IOException {
        List<Path> newestFirst;
        try (Stream<Path> files = Files.list(settings.directory())) {
            newestFirst = files.filter(file -> file.getFileName().toString().startsWith(STEM + "-"))
                    .sorted((left, right) -> right.compareTo(left))
                    .toList();
        }
        long kept = settings.maxBackups() == 0 ? newestFirst.size() : settings.maxBackups();
        return Stream.concat(
                        newestFirst.stream().skip(kept), newestFirst.stream().filter(this::isTooOld))
                .distinct()
                .toList();
    }

    private boolean isTooOld(Path file) {
        if (settings.maxAgeDays() == 0) {
            return false;
        }
        String stamp = STAMP.format(TimeSource.system().now().minus(settings.maxAgeDays(), ChronoUnit.DAYS));
        return file.getFileName().toString().compareTo(STEM + "-" + stamp) < 0;
    }
}
