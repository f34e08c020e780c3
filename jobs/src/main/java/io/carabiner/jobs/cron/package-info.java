/**
 * Jobs that run by the clock: schedules in the dialect of the Go node's cron library, and the one thread that ticks.
 *
 * <p>It owns the table cron_ticks. It uses the public face of {@code jobs} only.
 */
@NullMarked
package io.carabiner.jobs.cron;

import org.jspecify.annotations.NullMarked;
