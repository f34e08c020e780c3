package io.carabiner.jobs;

/**
 * A run that is to be executed.
 *
 * @param jobVersion the version of the job's spec that it began with
 * @param inputsJson the variables it begins with
 */
record StoredRun(long id, int jobId, int jobVersion, String inputsJson) {}
