package io.carabiner.config;

import java.util.Optional;

/**
 * Section {@code Log}.
 *
 * @param level the least level that reaches the console
 * @param jsonConsole one JSON object a line instead of text
 * @param unixTs seconds since 1970 instead of ISO 8601
 * @param file the log file
 */
public record LogConfig(LogLevel level, boolean jsonConsole, boolean unixTs, File file) {

    /**
     * Section {@code Log.File}.
     *
     * @param dir the folder; absent = RootDir
     * @param maxSize the file is rotated at this size; less than 1 MB switches the file off
     * @param maxAgeDays older files are deleted; 0 = never
     * @param maxBackups this many old files are kept; 0 = all
     */
    public record File(Optional<String> dir, FileSize maxSize, int maxAgeDays, int maxBackups) {}
}
