package io.carabiner.fluxmonitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Which timers a job has.
 *
 * @param pollPeriod empty if the poll timer is disabled
 * @param idlePeriod empty if the idle timer is disabled
 * @param drumbeat the next time of the schedule after a time; empty if there is none
 * @param drumbeatRandomDelay how long a drumbeat is held back at most; zero for not at all
 */
record TimerSettings(
        Optional<Duration> pollPeriod,
        Optional<Duration> idlePeriod,
        Optional<UnaryOperator<Instant>> drumbeat,
        Duration drumbeatRandomDelay) {

    /** How often the feed is looked at while its flags are raised. */
    static final Duration HIBERNATION_PERIOD = Duration.ofHours(24);

    private static final Duration RETRY_MIN = Duration.ofMinutes(1);
    private static final Duration RETRY_MAX = Duration.ofHours(1);

    /** The first pause before a poll is tried again: never longer than the idle period. */
    Duration retryMin() {
        return idlePeriod.filter(idle -> idle.compareTo(RETRY_MIN) < 0).orElse(RETRY_MIN);
    }

    /** The longest pause before a poll is tried again. */
    Duration retryMax() {
        return idlePeriod.filter(idle -> idle.compareTo(RETRY_MAX) < 0).orElse(RETRY_MAX);
    }

    /** Whether the feed is looked at when the monitor begins. */
    boolean pollsAtTheStart() {
        return pollPeriod.isPresent() || idlePeriod.isPresent();
    }
}
