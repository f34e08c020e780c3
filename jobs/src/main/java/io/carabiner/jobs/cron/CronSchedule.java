package io.carabiner.jobs.cron;

import java.time.Instant;
import java.util.Optional;

/**
 * The times at which something is due, to the second. Immutable.
 *
 * <p>Texts are those of the Go node 2.15 (core/utils/utils.go, ValidateCronSchedule; library robfig/cron v3): six
 * fields behind {@code CRON_TZ=zone}, a word such as {@code @hourly} behind it, or {@code @every duration}.
 */
public sealed interface CronSchedule permits EverySchedule, FieldSchedule {

    /** The first due time after a time; empty if there is none within five years. Pure. */
    Optional<Instant> next(Instant after);

    /**
     * Reads a schedule.
     *
     * @throws IllegalArgumentException if it is none, in the Go node's words; five fields are refused here, where the
     *     Go node takes them and fails at the start
     */
    static CronSchedule parse(String text) {
        if (!text.startsWith("CRON_TZ=") && !text.startsWith("@every ")) {
            throw new IllegalArgumentException("cron schedule must specify a time zone using CRON_TZ, e.g."
                    + " 'CRON_TZ=UTC 5 * * * *', or use the @every syntax, e.g. '@every 1h30m'");
        }
        try {
            return CronParser.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("invalid cron schedule '" + text + "': " + e.getMessage(), e);
        }
    }
}
