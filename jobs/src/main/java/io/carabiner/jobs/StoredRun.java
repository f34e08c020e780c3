package io.carabiner.jobs;

/**
 * A run that is to be executed.
 *
 * @param inputsJson the variables it begins with
 */
record StoredRun(long id, int jobId, String inputsJson) {}
