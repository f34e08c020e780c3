package io.carabiner.jobs;

/**
 * One thing wrong in a job spec.
 *
 * @param line from 1; 0 where the fault has no place
 * @param column from 1; 0 where the fault has no place
 * @param message what the API answers, in the Go node's words where it has some
 */
public record SpecFault(int line, int column, String message) {}
