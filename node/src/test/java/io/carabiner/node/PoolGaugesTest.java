package io.carabiner.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.PoolStats;
import io.carabiner.telemetry.Metrics;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class PoolGaugesTest {

    @Test
    void eachScrape_readsThePool() {
        Metrics metrics = new Metrics();
        AtomicReference<PoolStats> pool = new AtomicReference<>(new PoolStats(100, 6, 1, 0));
        PoolGauges.register(metrics, pool::get);
        assertThat(metrics.exposition())
                .contains("\ndb_conns_max 100\n", "\ndb_conns_open 6\n", "\ndb_conns_used 1\n", "\ndb_conns_wait 0\n");

        pool.set(new PoolStats(100, 100, 100, 7));
        assertThat(metrics.exposition()).contains("\ndb_conns_used 100\n", "\ndb_conns_wait 7\n");
    }
}
