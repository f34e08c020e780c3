package io.carabiner.jobs.cron;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * Looks for the next time that fits a schedule: as long as a field does not fit, goes to where it changes next.
 *
 * <p>A change of the zone's clocks is never jumped over, so that the answer is the same as if each second were tried.
 */
final class NextTime {

    private static final int SECONDS_AN_HOUR = 3_600;
    private static final int SECONDS_A_MINUTE = 60;
    private static final int DAYS_A_WEEK = 7;

    private final FieldSchedule schedule;
    private final ZoneId zone;
    private Instant time;

    NextTime(FieldSchedule schedule, Instant after) {
        this.schedule = schedule;
        this.zone = schedule.zone();
        this.time = after.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    }

    Optional<Instant> find() {
        int lastYear = local().getYear() + FieldSchedule.YEARS_AHEAD_MAX;
        for (LocalDateTime shown = local(); shown.getYear() <= lastYear; shown = local()) {
            if (!schedule.month().has(shown.getMonthValue())) {
                startOf(shown.toLocalDate().withDayOfMonth(1).plusMonths(1));
            } else if (!dayFits(shown.toLocalDate())) {
                startOf(shown.toLocalDate().plusDays(1));
            } else if (!schedule.hour().has(shown.getHour())) {
                toNextFull(SECONDS_AN_HOUR, shown);
            } else if (!schedule.minute().has(shown.getMinute())) {
                toNextFull(SECONDS_A_MINUTE, shown);
            } else if (!schedule.second().has(shown.getSecond())) {
                time = time.plusSeconds(1);
            } else {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    private LocalDateTime local() {
        return LocalDateTime.ofInstant(time, zone);
    }

    private boolean dayFits(LocalDate day) {
        return schedule.dayFits(day.getDayOfMonth(), day.getDayOfWeek().getValue() % DAYS_A_WEEK);
    }

    /** The first moment of a day, also where clocks skip midnight or show it twice. */
    private void startOf(LocalDate day) {
        time = day.atStartOfDay(zone).toInstant();
    }

    private void toNextFull(int unitSeconds, LocalDateTime shown) {
        int intoUnit = shown.toLocalTime().toSecondOfDay() % unitSeconds;
        Instant full = time.plusSeconds((long) unitSeconds - intoUnit);
        ZoneOffsetTransition change = zone.getRules().nextTransition(time);
        time = change != null && change.getInstant().isBefore(full) ? change.getInstant() : full;
    }
}
