package io.carabiner.jobs.cron;

import io.carabiner.jobs.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * When which cron job is due next. Not thread-safe; without clock, so that a test can ask it anything.
 *
 * <p>A tick that is seen late is run late, up to {@link #LATE_MAX}; what is older is skipped and counted as one: after
 * a laptop has slept or a clock was set forward, nobody wants a day of runs at once. A clock set backwards repeats
 * nothing.
 */
final class Agenda {

    /** How late a tick may be run. */
    static final Duration LATE_MAX = Duration.ofSeconds(30);

    /** One job with the time at which it is due. */
    private record Entry(Job job, CronSpec spec, Instant due) {}

    /** A job that is due. */
    record Tick(Job job, CronSpec spec, Instant due) {}

    /**
     * What is due.
     *
     * @param skipped jobs whose older ticks were left out, each with the first of them
     */
    record Due(List<Tick> ticks, Map<Integer, Instant> skipped) {}

    private final PriorityQueue<Entry> queue = new PriorityQueue<>(
            Comparator.comparing(Entry::due).thenComparing(entry -> entry.job().id()));

    /** Puts a job in; one whose schedule never comes is left out. */
    void add(Job job, CronSpec spec, Instant now) {
        enter(job, spec, now);
    }

    /**
     * Gives a job another spec. With the same schedule it stays due when it was; with another, a tick that is due and
     * was not taken yet counts by the new one.
     */
    void replace(Job job, CronSpec spec, Instant now) {
        Optional<Entry> old =
                queue.stream().filter(entry -> entry.job().id() == job.id()).findFirst();
        old.ifPresent(queue::remove);
        Optional<Instant> due = old.map(Entry::due);
        if (old.filter(entry -> entry.spec().text().equals(spec.text())).isPresent()) {
            queue.add(new Entry(job, spec, old.get().due()));
        } else {
            enter(
                    job,
                    spec,
                    due.filter(time -> !time.isAfter(now))
                            .map(time -> time.minusNanos(1))
                            .orElse(now));
        }
    }

    private void enter(Job job, CronSpec spec, Instant after) {
        spec.schedule().next(after).ifPresent(due -> queue.add(new Entry(job, spec, due)));
    }

    /** Takes out the very job that was put in, not one that has taken its place meanwhile. */
    @SuppressWarnings("ReferenceEquality")
    void remove(Job job) {
        queue.removeIf(entry -> entry.job() == job);
    }

    /** When something is due next; empty if nothing ever is. */
    Optional<Instant> nextDue() {
        return Optional.ofNullable(queue.peek()).map(Entry::due);
    }

    /** Takes all ticks that are due, the earliest first, and enters each job's next one. */
    Due take(Instant now) {
        List<Tick> ticks = new ArrayList<>();
        Map<Integer, Instant> skipped = new HashMap<>();
        Instant oldest = now.minus(LATE_MAX);
        for (Entry entry = queue.peek(); entry != null && !entry.due().isAfter(now); entry = queue.peek()) {
            queue.poll();
            if (entry.due().isBefore(oldest)) {
                skipped.putIfAbsent(entry.job().id(), entry.due());
                enter(entry.job(), entry.spec(), oldest.minusNanos(1));
            } else {
                ticks.add(new Tick(entry.job(), entry.spec(), entry.due()));
                enter(entry.job(), entry.spec(), entry.due());
            }
        }
        return new Due(ticks, skipped);
    }
}
