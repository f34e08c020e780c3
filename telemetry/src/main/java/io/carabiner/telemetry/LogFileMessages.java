package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import java.nio.file.Path;

/** What the log says about its own file. Thread-safe. */
final class LogFileMessages {

    private final OperatorLog log = OperatorLog.named("DiskLogs");

    /** Nothing can be written; said once until it can. */
    void failed(Path file, String reason) {
        log.warn(
                "LOG_FILE_FAILED",
                "The log file cannot be written: messages go to the console only until it can. Make room, or set"
                        + " Log.File.MaxSize = 0",
                field("filePath", file.toString()),
                field("err", reason));
    }

    /** It is written again. */
    void resumed(Path file, long lost) {
        log.info(
                "LOG_FILE_RESUMED",
                "Resuming disk logs, disk has enough space",
                field("filePath", file.toString()),
                field("messagesNotWritten", lost));
    }
}
