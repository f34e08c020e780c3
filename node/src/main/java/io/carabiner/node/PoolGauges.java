package io.carabiner.node;

import io.carabiner.database.PoolStats;
import io.carabiner.telemetry.Gauge;
import io.carabiner.telemetry.Metrics;
import java.util.function.Supplier;

/** The database's connections as gauges, read at each scrape (Go node 2.15, core/services/pg/stats.go: each 10 s). */
final class PoolGauges {

    private PoolGauges() {}

    static void register(Metrics metrics, Supplier<PoolStats> stats) {
        Gauge max = metrics.gauge("db_conns_max", "Maximum number of open connections to the database.");
        Gauge open = metrics.gauge("db_conns_open", "The number of established connections both in use and idle.");
        Gauge used = metrics.gauge("db_conns_used", "The number of connections currently in use.");
        Gauge wait = metrics.gauge("db_conns_wait", "The number of callers that wait for a connection now.");
        metrics.beforeExposition(() -> {
            PoolStats now = stats.get();
            max.set(now.max());
            open.set(now.open());
            used.set(now.used());
            wait.set(now.waiting());
        });
    }
}
