package io.carabiner.jobs;

import java.time.Duration;

/**
 * How long runs are kept.
 *
 * @param maxSuccessfulRuns {@code JobPipeline.MaxSuccessfulRuns}: successful runs kept of each job, give or take a
 *     twentieth
 * @param interval {@code JobPipeline.ReaperInterval}: how often old runs are looked for; zero for never
 * @param threshold {@code JobPipeline.ReaperThreshold}: runs that ended longer ago are deleted
 */
public record RunRetention(long maxSuccessfulRuns, Duration interval, Duration threshold) {

    /** The Go node's defaults. */
    public static RunRetention defaults() {
        return new RunRetention(10_000, Duration.ofHours(1), Duration.ofHours(24));
    }

    /** After how many successful runs of a job it is looked whether there are too many. */
    long slack() {
        return Math.max(1, maxSuccessfulRuns / 20);
    }
}
