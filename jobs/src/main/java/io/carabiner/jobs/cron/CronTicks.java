package io.carabiner.jobs.cron;

import io.carabiner.database.WriteTransaction;
import org.jdbi.v3.core.Handle;

/** The SQL of ticks: how many groups of them have been stored, ever. */
final class CronTicks {

    private CronTicks() {}

    static long number(Handle sql) {
        return sql.createQuery("SELECT number FROM carabiner.cron_ticks")
                .mapTo(Long.class)
                .one();
    }

    static void advance(WriteTransaction tx) {
        tx.sql().execute("UPDATE carabiner.cron_ticks SET number = number + 1");
    }
}
