package io.carabiner.jobs.cron;

/**
 * What one field of a schedule allows.
 *
 * @param bits bit n is set if n is allowed
 * @param any whether it was written as {@code *} or {@code ?}, without a step of its own
 */
record CronField(long bits, boolean any) {

    static CronField of(int value) {
        return new CronField(1L << value, false);
    }

    boolean has(int value) {
        return (bits >> value & 1) == 1;
    }
}
