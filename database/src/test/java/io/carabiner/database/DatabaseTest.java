package io.carabiner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.database.DatabaseSettings.LeaseSettings;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DatabaseTest {

    @TempDir
    private Path folder;

    private TestDatabase server;
    private Database database;

    @BeforeEach
    void open() throws InterruptedException {
        server = TestDatabase.create();
        database = Database.open(settings(), TimeSource.system(), reason -> {});
        database.execute(tx -> tx.sql().execute("CREATE TABLE carabiner.notes (id int PRIMARY KEY, text text)"));
    }

    @AfterEach
    void close() {
        database.close();
        server.close();
    }

    private DatabaseSettings settings() {
        return DatabaseSettings.of(server.url(), folder).withPool(8, 2).withStartWaitMax(Duration.ofSeconds(1));
    }

    private static void insert(Handle sql, int id) {
        sql.execute("INSERT INTO carabiner.notes VALUES (?, 'x')", id);
    }

    private int count() {
        return database.read(sql -> sql.createQuery("SELECT count(*) FROM carabiner.notes")
                .mapTo(Integer.class)
                .one());
    }

    @Test
    void aWrite_isSeenByTheNextRead() {
        database.execute(tx -> insert(tx.sql(), 1));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void aWriteThatThrows_storesNothingAndRunsNoAction() {
        List<String> ran = new ArrayList<>();
        assertThatThrownBy(() -> database.execute(tx -> {
                    insert(tx.sql(), 1);
                    tx.afterCommit(() -> ran.add("after"));
                    throw new IllegalStateException("own fault");
                }))
                .hasMessage("own fault");
        assertThat(count()).isZero();
        assertThat(ran).isEmpty();
    }

    @Test
    void actionsAfterCommit_runInOrderAndSeeTheCommit_evenIfOneFails() {
        List<Object> seen = new ArrayList<>();
        database.execute(tx -> {
            insert(tx.sql(), 1);
            tx.afterCommit(() -> seen.add(count()));
            tx.afterCommit(() -> {
                throw new IllegalStateException("broken action");
            });
            tx.afterCommit(() -> seen.add("last"));
        });
        assertThat(seen).containsExactly(1, "last");
    }

    @Test
    void aReadCannotWrite() {
        assertThatThrownBy(() -> database.read(sql -> sql.execute("INSERT INTO carabiner.notes VALUES (1, 'x')")))
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("read-only transaction");
    }

    @Test
    void aWriteInsideAWrite_isRefused() {
        assertThatThrownBy(() -> database.execute(tx -> database.execute(inner -> insert(inner.sql(), 1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a write inside a write of the same thread");
    }

    @Test
    void aBrokenUniqueness_hasItsStateAndNoValues() {
        database.execute(tx -> insert(tx.sql(), 1));
        assertThatThrownBy(() -> database.execute(tx -> insert(tx.sql(), 1)))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.sqlState()).hasValue("23505"))
                .hasMessage("ERROR: duplicate key value violates unique constraint \"notes_pkey\" (SQLSTATE 23505)");
    }

    @Test
    void twoWritersThatDeadlock_bothSucceedInTheEnd() throws InterruptedException {
        database.execute(tx -> {
            insert(tx.sql(), 1);
            insert(tx.sql(), 2);
        });
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger tries = new AtomicInteger();
        Thread first = Thread.ofVirtual().start(() -> swap(1, 2, bothHoldOne, tries));
        Thread second = Thread.ofVirtual().start(() -> swap(2, 1, bothHoldOne, tries));
        first.join();
        second.join();
        assertThat(tries).hasValue(3);
        assertThat(server.query("SELECT string_agg(text, ',') FROM carabiner.notes"))
                .isEqualTo("xyy,xyy");
    }

    private void swap(int one, int other, CyclicBarrier bothHoldOne, AtomicInteger tries) {
        database.execute(tx -> {
            boolean firstTry = tries.incrementAndGet() <= 2;
            append(tx.sql(), one);
            if (firstTry) {
                await(bothHoldOne);
            }
            append(tx.sql(), other);
        });
    }

    private static void append(Handle sql, int id) {
        sql.execute("UPDATE carabiner.notes SET text = text || 'y' WHERE id = ?", id);
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTransactionThatNeverSucceeds_givesUpAfterItsLimit() {
        AtomicInteger tries = new AtomicInteger();
        assertThatThrownBy(() -> database.execute(tx -> {
                    tries.incrementAndGet();
                    tx.sql().execute("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
                }))
                .isInstanceOf(DatabaseException.class);
        assertThat(tries).hasValue(Database.RETRIES_MAX + 1);
    }

    @Test
    void aServerThatCutsEverySession_isUsedAgainAfterwards() throws InterruptedException {
        server.cutConnections();
        assertThat(database.leaseHeld()).isTrue();
        database.execute(tx -> insert(tx.sql(), 1));
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void preparedStatementsAreNeverKeptInASession() {
        database.execute(tx -> {
            for (int i = 0; i < 20; i++) {
                insert(tx.sql(), i);
            }
            assertThat(tx.sql()
                            .createQuery("SELECT count(*) FROM pg_prepared_statements")
                            .mapTo(Integer.class)
                            .one())
                    .isZero();
        });
    }

    @Test
    void aWriteLeavesNoSettingBehindInTheSession() {
        database.execute(tx -> assertThat(setting(tx.sql())).isEqualTo("15s"));
        for (int i = 0; i < 10; i++) {
            assertThat(database.<String>read(DatabaseTest::setting)).isEqualTo("0");
        }
    }

    private static String setting(Handle sql) {
        return sql.createQuery("SELECT current_setting('lock_timeout')")
                .mapTo(String.class)
                .one();
    }

    @Test
    void openedAgain_itMigratesNothingAndHasTheNextEpoch() throws InterruptedException {
        long before = database.epoch();
        database.close();
        database = Database.open(settings(), TimeSource.system(), reason -> {});
        assertThat(database.epoch()).isEqualTo(before + 1);
        assertThat(server.query("SELECT count(*) FROM carabiner.flyway_schema_history WHERE NOT success"))
                .isEqualTo("0");
    }

    @Test
    void aClosedDatabase_saysSo() {
        database.close();
        assertThatThrownBy(() -> database.execute(tx -> insert(tx.sql(), 1)))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo("DATABASE_CLOSED"));
    }

    @Test
    void aWrongPassword_isRefusedInOneSentence() {
        String url = server.url().replaceFirst("://([^:]+):[^@]+@", "://$1:wrong-password@");
        assertThatThrownBy(() -> Database.open(DatabaseSettings.of(url, folder), TimeSource.system(), reason -> {}))
                .isInstanceOfSatisfying(DatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo("DATABASE_PASSWORD");
                    assertThat(e.getMessage())
                            .matches("The database server at 127.0.0.1:\\d+ refuses the user \".+\":"
                                    + " correct user and password in Database.URL\\.");
                });
    }

    @Test
    void aMissingDatabase_isRefusedInOneSentence() {
        String url = server.url().replaceFirst("/[^/?]+\\?", "/nowhere?");
        assertThatThrownBy(() -> Database.open(DatabaseSettings.of(url, folder), TimeSource.system(), reason -> {}))
                .isInstanceOfSatisfying(DatabaseException.class, e -> {
                    assertThat(e.code()).isEqualTo("DATABASE_MISSING");
                    assertThat(e.getMessage())
                            .matches("The database server at 127.0.0.1:\\d+ has no database \"nowhere\":"
                                    + " create it \\(CREATE DATABASE\\), or correct the name in Database.URL\\.");
                });
    }

    @Test
    void aServerThatIsDown_isWaitedForUpToTheLimit() {
        DatabaseSettings down = DatabaseSettings.of("postgresql://u:p@127.0.0.1:1/n", folder)
                .withStartWaitMax(Duration.ofMillis(50))
                .withLease(new LeaseSettings(true, Duration.ofSeconds(1), Duration.ofMillis(40), folder));
        assertThatThrownBy(() -> Database.open(down, TimeSource.system(), reason -> {}))
                .isInstanceOfSatisfying(
                        DatabaseException.class, e -> assertThat(e.code()).isEqualTo("DATABASE_UNREACHABLE"))
                .hasMessageStartingWith("Waited in vain for the database server at 127.0.0.1:1 (Connection")
                .hasMessageEndingWith("start the server or correct Database.URL.");
    }
}
