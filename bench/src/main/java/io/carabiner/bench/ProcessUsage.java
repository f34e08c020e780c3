package io.carabiner.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a process has used so far, read from Linux's {@code /proc}.
 *
 * @param cpu in user and kernel mode, all threads
 * @param residentKib of physical memory now
 */
record ProcessUsage(Duration cpu, long residentKib) {

    /** Linux counts processor time in hundredths of a second, on every platform it runs on today. */
    private static final long TICK_MILLIS = 10;

    private static final int UTIME_FIELD = 11;
    private static final int STIME_FIELD = 12;

    static ProcessUsage of(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            // The program's name, in parentheses, may hold spaces: count from behind it.
            List<String> fields =
                    List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
            long ticks = Long.parseLong(fields.get(UTIME_FIELD)) + Long.parseLong(fields.get(STIME_FIELD));
            return new ProcessUsage(Duration.ofMillis(ticks * TICK_MILLIS), residentKib(pid));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long residentKib(long pid) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
