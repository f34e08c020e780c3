package io.carabiner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.database.DatabaseSettings.LeaseSettings;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.PostgresTap;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A holder that is frozen inside a message to the server: to PostgreSQL its session is at work, so no idle timeout ends
 * it, and it keeps every lock it has.
 */
@Timeout(60)
final class FrozenHolderTest {

    private static final Duration LEASE = Duration.ofSeconds(2);
    private static final Duration REFRESH = Duration.ofMillis(500);

    @TempDir
    private Path folder;

    private TestDatabase server;
    private PostgresTap tap;

    @BeforeEach
    void create() {
        server = TestDatabase.create();
        tap = PostgresTap.inFrontOf(server.port());
    }

    @AfterEach
    void drop() {
        tap.thaw();
        tap.close();
        server.close();
    }

    private Database open(String url) throws InterruptedException {
        DatabaseSettings settings = DatabaseSettings.of(url, folder)
                .withPool(4, 1)
                .withLease(new LeaseSettings(true, LEASE, REFRESH, folder));
        return Database.open(settings, TimeSource.system(), reason -> {});
    }

    private String throughTheTap() {
        return server.url().replace(":" + server.port() + "/", ":" + tap.port() + "/");
    }

    @Test
    void holderFrozenInsideAWrite_isFollowed_andItsWriteIsNeverStored() throws Exception {
        Database frozen = open(throughTheTap());
        frozen.execute(tx -> tx.sql().execute("CREATE TABLE carabiner.notes (id bigserial)"));
        tap.freezeInside(sql -> sql.contains("INSERT INTO carabiner.notes"));
        CompletableFuture<Throwable> fault = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> fault.complete(writeOf(frozen)));
        tap.awaitFrozen();

        try (Database follower = open(server.url())) {
            assertThat(follower.epoch()).isEqualTo(frozen.epoch() + 1);
            tap.thaw();
            assertThat(fault.get(30, TimeUnit.SECONDS)).isInstanceOf(FencedException.class);
            assertThat(server.query("SELECT count(*) FROM carabiner.notes")).isEqualTo("0");
        }
        frozen.close();
    }

    private static Throwable writeOf(Database database) {
        try {
            database.execute(tx -> tx.sql().execute("INSERT INTO carabiner.notes DEFAULT VALUES"));
            return new AssertionError("the write was stored");
        } catch (RuntimeException e) {
            return e;
        }
    }

    @Test
    void holderFrozenInsideARenewal_isFollowed() throws Exception {
        Database frozen = open(throughTheTap());
        tap.freezeInside(sql -> sql.contains("UPDATE carabiner.lease"));
        tap.awaitFrozen();

        try (Database follower = open(server.url())) {
            assertThat(follower.epoch()).isEqualTo(frozen.epoch() + 1);
            tap.thaw();
            assertThatThrownBy(() -> frozen.execute(tx -> tx.sql().execute("SELECT 1")))
                    .isInstanceOf(FencedException.class);
        }
        frozen.close();
    }
}
