package io.carabiner.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.database.DatabaseSettings.LeaseSettings;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The machine's clock is set while the lease is held: nobody notices, for the lease goes by other clocks. */
class ClockStepTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration REFRESH = Duration.ofMillis(300);

    @TempDir
    Path folder;

    /** The machine's clocks, of which the wall clock can be set. */
    private static final class SetClock implements TimeSource {

        private volatile Duration ahead = Duration.ZERO;

        @Override
        public Instant now() {
            return TimeSource.system().now().plus(ahead);
        }

        @Override
        public long monotonicNanos() {
            return TimeSource.system().monotonicNanos();
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            TimeSource.system().sleep(duration);
        }
    }

    @Test
    void aClockThatIsSetByAnHour_costsNeitherTheLeaseNorAWrite() throws InterruptedException {
        SetClock clock = new SetClock();
        List<String> lost = new CopyOnWriteArrayList<>();
        try (TestDatabase server = TestDatabase.create();
                Database database = Database.open(
                        DatabaseSettings.of(server.url(), folder)
                                .withLease(new LeaseSettings(true, LEASE, REFRESH, folder)),
                        clock,
                        lost::add)) {
            server.execute("CREATE TABLE carabiner.notes (id serial)");
            long epoch = database.epoch();
            int written = 0;
            for (int hours : new int[] {1, -1}) {
                clock.ahead = Duration.ofHours(hours);
                written += writeUntilRenewed(database, server, 3);
            }
            assertThat(server.query("SELECT count(*) FROM carabiner.notes")).isEqualTo(String.valueOf(written));
            assertThat(server.query("SELECT epoch FROM carabiner.lease")).isEqualTo(String.valueOf(epoch));
            assertThat(database.leaseHeld()).isTrue();
            assertThat(lost).isEmpty();
        }
    }

    /** Writes without a pause until the lease has been renewed so often; answers how many writes that were. */
    private static int writeUntilRenewed(Database database, TestDatabase server, int times) {
        int written = 0;
        for (int renewed = 0; renewed < times; renewed++) {
            String before = server.query("SELECT expires_at FROM carabiner.lease");
            do {
                database.execute(tx -> tx.sql().execute("INSERT INTO carabiner.notes DEFAULT VALUES"));
                written++;
            } while (server.query("SELECT expires_at FROM carabiner.lease").equals(before));
        }
        return written;
    }
}
