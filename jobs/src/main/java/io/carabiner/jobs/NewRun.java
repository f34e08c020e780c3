package io.carabiner.jobs;

import io.carabiner.pipeline.Variables;

/**
 * The wish for a run.
 *
 * @param variables what it begins with
 */
public record NewRun(Job job, Variables variables) {}
