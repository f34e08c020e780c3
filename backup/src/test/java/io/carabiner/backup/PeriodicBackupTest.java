package io.carabiner.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.BackupMode;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.HealthStatus;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeriodicBackupTest {

    @TempDir
    Path folder;

    /** A clock whose sleeps end when the test says so. */
    private static final class Turns implements TimeSource {

        private final Semaphore granted = new Semaphore(0);
        private final Semaphore asleep = new Semaphore(0);

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long monotonicNanos() {
            return 0;
        }

        @Override
        public void sleep(Duration duration) throws InterruptedException {
            assertThat(duration).isEqualTo(Duration.ofHours(1));
            asleep.release();
            granted.acquire();
        }

        void oneTurn() throws InterruptedException {
            asleep.acquire();
            granted.release();
            asleep.acquire();
            asleep.release();
        }
    }

    @Test
    void eachTurnMakesABackup_andAFailureShowsInTheHealth_untilOneSucceeds() throws Exception {
        Turns turns = new Turns();
        Path backups = folder.resolve("backup");
        try (TestDatabase database = TestDatabase.create();
                PeriodicBackup periodic = PeriodicBackup.start(plan(database, BackupMode.FULL, backups), turns)) {
            turns.oneTurn();
            assertThat(periodic.health()).isInstanceOf(HealthStatus.Failing.class);

            database.execute("CREATE SCHEMA carabiner");
            turns.oneTurn();
            assertThat(periodic.health()).isEqualTo(HealthStatus.PASSING);
            assertThat(backups.resolve("cl_backup_0.1.0.dump")).isNotEmptyFile();
        }
    }

    @Test
    void withoutAMode_nothingRuns() throws Exception {
        try (TestDatabase database = TestDatabase.create()) {
            PeriodicBackup.start(plan(database, BackupMode.NONE, folder.resolve("backup")), new Turns())
                    .close();
        }
        assertThat(Files.exists(folder.resolve("backup"))).isFalse();
    }

    private static BackupPlan plan(TestDatabase database, BackupMode mode, Path folder) {
        return new BackupPlan(database.url(), folder, mode, Duration.ofHours(1), true, "0.1.0");
    }
}
