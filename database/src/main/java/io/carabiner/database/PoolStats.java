package io.carabiner.database;

/**
 * The pool at one moment, for the gauges {@code db_conns_*}.
 *
 * @param max the pool's size
 * @param open connections to the server
 * @param used of these, at work
 * @param waiting threads that wait for one
 */
public record PoolStats(int max, int open, int used, int waiting) {}
