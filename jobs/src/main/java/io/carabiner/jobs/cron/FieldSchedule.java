package io.carabiner.jobs.cron;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;

/**
 * Due whenever the clock of a zone shows what the fields allow.
 *
 * <p>What the clocks of a zone skip in spring does not happen that day; what they show twice in autumn happens twice,
 * as with the Go node's library.
 *
 * @param zone whose clock counts
 */
record FieldSchedule(
        CronField second,
        CronField minute,
        CronField hour,
        CronField dayOfMonth,
        CronField month,
        CronField dayOfWeek,
        ZoneId zone)
        implements CronSchedule {

    /** How far ahead a due time is looked for; 31 February is given up. */
    static final int YEARS_AHEAD_MAX = 5;

    @Override
    public Optional<Instant> next(Instant after) {
        return new NextTime(this, after).find();
    }

    /** Where both days are restricted either will do, else both must fit. */
    boolean dayFits(int day, int weekday) {
        boolean both = dayOfMonth.any() || dayOfWeek.any();
        return both ? dayOfMonth.has(day) && dayOfWeek.has(weekday) : dayOfMonth.has(day) || dayOfWeek.has(weekday);
    }
}
