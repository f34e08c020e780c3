package io.carabiner.jobs.cron;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * Due again and again after the same time.
 *
 * @param period whole seconds, at least one
 */
record EverySchedule(Duration period) implements CronSchedule {

    private static final Duration PERIOD_MIN = Duration.ofSeconds(1);

    /** Cuts the period to whole seconds; less than one, and less than nothing, counts as one. */
    EverySchedule {
        period = period.compareTo(PERIOD_MIN) < 0 ? PERIOD_MIN : period.truncatedTo(ChronoUnit.SECONDS);
    }

    @Override
    public Optional<Instant> next(Instant after) {
        return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(period));
    }
}
