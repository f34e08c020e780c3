package io.carabiner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.database.DatabaseSettings.LeaseSettings;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestClock;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Never two writers: two instances on one database. */
@Timeout(60)
final class FenceTest {

    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Duration REFRESH = Duration.ofSeconds(1);

    @TempDir
    private Path folder;

    private TestDatabase server;
    private final BlockingQueue<String> lost = new LinkedBlockingQueue<>();

    @BeforeEach
    void create() {
        server = TestDatabase.create();
    }

    @AfterEach
    void drop() {
        server.close();
    }

    private DatabaseSettings settings(LeaseSettings lease) {
        return DatabaseSettings.of(server.url(), folder).withPool(4, 1).withLease(lease);
    }

    private Database open(TimeSource time) throws InterruptedException {
        return Database.open(settings(new LeaseSettings(true, LEASE, REFRESH, folder)), time, lost::add);
    }

    /** Takes the lease at once, as a process does that knows the holder is dead. */
    private Database takeOver() throws InterruptedException {
        return Database.open(
                settings(new LeaseSettings(false, LEASE, REFRESH, folder)), TimeSource.system(), reason -> {});
    }

    private void write(Database database) {
        database.execute(tx -> tx.sql().execute("INSERT INTO public.notes DEFAULT VALUES"));
    }

    private void createNotes() {
        server.execute("CREATE TABLE public.notes (id bigserial)");
    }

    private String notes() {
        return server.query("SELECT count(*) FROM public.notes");
    }

    @Test
    void whenAnotherTakesTheLease_theFormerHolderStoresNothingMoreAndIsTold() throws InterruptedException {
        createNotes();
        try (Database first = open(new TestClock());
                Database second = takeOver()) {
            assertThatThrownBy(() -> write(first))
                    .isInstanceOf(FencedException.class)
                    .hasMessage("This node no longer holds the database lease (another node has taken the lease):"
                            + " nothing was stored, and the node must be started again.");
            assertThat(lost.poll(10, TimeUnit.SECONDS)).isEqualTo("another node has taken the lease");
            assertThat(first.leaseHeld()).isFalse();
            write(second);
            assertThat(notes()).isEqualTo("1");
            assertThat(second.epoch()).isGreaterThan(first.epoch());
        }
    }

    @Test
    void aTakeover_waitsForTheWriteInFlight() throws InterruptedException, ExecutionException {
        createNotes();
        CountDownLatch writing = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        AtomicBoolean committed = new AtomicBoolean();
        try (Database first = open(new TestClock())) {
            Thread writer = Thread.ofVirtual().start(() -> {
                first.execute(tx -> {
                    tx.sql().execute("INSERT INTO public.notes DEFAULT VALUES");
                    writing.countDown();
                    awaitUninterruptibly(finish);
                });
                committed.set(true);
            });
            writing.await();
            CompletableFuture<String> notesAtTakeover = new CompletableFuture<>();
            Thread taker = Thread.ofVirtual().start(() -> {
                try (Database second = takeOver()) {
                    notesAtTakeover.complete(notes() + " by epoch " + second.epoch());
                } catch (InterruptedException e) {
                    notesAtTakeover.completeExceptionally(e);
                }
            });
            awaitBlockedTakeover();
            assertThat(notesAtTakeover).isNotDone();
            finish.countDown();
            writer.join();
            taker.join();
            assertThat(committed).isTrue();
            assertThat(notesAtTakeover.get()).isEqualTo("1 by epoch 2");
        }
    }

    private void awaitBlockedTakeover() {
        while (server.query("SELECT count(*) FROM pg_locks WHERE NOT granted").equals("0")) {
            Thread.onSpinWait();
        }
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aHolderThatCannotRenew_stopsByItsOwnClockBeforeTheLeaseRunsOut() throws InterruptedException {
        createNotes();
        TestClock clock = new TestClock();
        try (Database database = open(clock)) {
            clock.awaitSleepers(3);
            server.execute("ALTER TABLE carabiner.lease RENAME TO lease_out_of_reach");
            clock.advance(LEASE.multipliedBy(9).dividedBy(10));
            assertThat(lost.poll(10, TimeUnit.SECONDS)).isEqualTo("the lease could not be renewed in time");
            server.execute("ALTER TABLE carabiner.lease_out_of_reach RENAME TO lease");
            assertThatThrownBy(() -> write(database)).isInstanceOf(FencedException.class);
            assertThat(notes()).isEqualTo("0");
        }
    }

    @Test
    void aHolderThatRenews_keepsTheLeaseForAsLongAsItLikes() throws InterruptedException {
        createNotes();
        TestClock clock = new TestClock();
        try (Database database = open(clock)) {
            for (int second = 0; second < 30; second++) {
                clock.awaitSleepers(3);
                String before = server.query("SELECT expires_at FROM carabiner.lease");
                clock.advance(REFRESH);
                awaitRenewal(before);
            }
            write(database);
            assertThat(lost).isEmpty();
        }
    }

    private void awaitRenewal(String before) {
        while (server.query("SELECT expires_at FROM carabiner.lease").equals(before)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aSecondNode_waitsAndGoesOnAtOnceWhenTheFirstStops() throws InterruptedException, ExecutionException {
        CompletableFuture<Long> epoch = new CompletableFuture<>();
        TestClock waiting = new TestClock();
        Thread second;
        try (Database first = open(TimeSource.system())) {
            second = Thread.ofVirtual().start(() -> {
                try (Database database = open(waiting)) {
                    epoch.complete(database.epoch());
                } catch (InterruptedException e) {
                    epoch.completeExceptionally(e);
                }
            });
            waiting.awaitSleepers(1);
            assertThat(first.leaseHeld()).isTrue();
            assertThat(epoch).isNotDone();
        }
        waiting.advance(REFRESH.multipliedBy(2));
        second.join();
        assertThat(epoch.get()).isEqualTo(2);
    }

    @Test
    void theEndOfTheHoldersSession_freesTheLease() throws InterruptedException, ExecutionException {
        CompletableFuture<Long> epoch = new CompletableFuture<>();
        TestClock frozen = new TestClock();
        TestClock waiting = new TestClock();
        try (Database first = open(frozen)) {
            frozen.awaitSleepers(3);
            server.cutConnections();
            Thread second = Thread.ofVirtual().start(() -> {
                try (Database database = open(waiting)) {
                    epoch.complete(database.epoch());
                } catch (InterruptedException e) {
                    epoch.completeExceptionally(e);
                }
            });
            for (int look = 1; look < LeaseDecision.SESSION_ENDED_SIGHTINGS_MIN; look++) {
                waiting.awaitSleepers(1);
                assertThat(epoch).isNotDone();
                waiting.advance(LeaseWait.LOOK_INTERVAL);
            }
            second.join();
            assertThat(epoch.get()).isEqualTo(2);
            assertThat(first.epoch()).isEqualTo(1);
        }
    }

    @Test
    void aLivingHolderWhoseSessionIsEnded_namesAnotherSoon_andKeepsTheLease() throws InterruptedException {
        createNotes();
        try (Database first = open(TimeSource.system())) {
            String session = server.query("SELECT session_pid FROM carabiner.lease");
            server.cutConnections();
            while (server.query("SELECT session_pid FROM carabiner.lease").equals(session)) {
                Thread.onSpinWait();
            }
            write(first);
            assertThat(first.epoch()).isEqualTo(1);
            assertThat(lost).isEmpty();
        }
    }

    @Test
    void aNodeThatWaits_makesReadyWhatItCanRead() throws InterruptedException, ExecutionException {
        createNotes();
        CompletableFuture<String> ready = new CompletableFuture<>();
        TestClock waiting = new TestClock();
        Thread second;
        try (Database first = open(TimeSource.system())) {
            write(first);
            second = Thread.ofVirtual().start(() -> prepareWhileWaiting(waiting, ready));
            assertThat(ready.get()).isEqualTo("1 note, which the holder wrote");
            assertThat(first.leaseHeld()).isTrue();
        }
        second.interrupt();
        second.join();
    }

    private void prepareWhileWaiting(TestClock waiting, CompletableFuture<String> ready) {
        try {
            Database.open(
                            settings(new LeaseSettings(true, LEASE, REFRESH, folder)),
                            waiting,
                            lost::add,
                            reader -> ready.complete(reader.read(sql -> sql.createQuery(
                                            "SELECT count(*) || ' note, which the holder wrote' FROM public.notes")
                                    .mapTo(String.class)
                                    .one())),
                            BeforeMigration.NOTHING)
                    .close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void twoNodesThatStartTogetherOnAnEmptyDatabase_getTheLeaseOneAfterTheOther() throws InterruptedException {
        BlockingQueue<Long> epochs = new LinkedBlockingQueue<>();
        Runnable node = () -> {
            LeaseSettings quick = new LeaseSettings(true, LEASE, Duration.ofMillis(20), folder);
            try (Database database = Database.open(settings(quick), TimeSource.system(), lost::add)) {
                epochs.add(database.epoch());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        Thread one = Thread.ofVirtual().start(node);
        Thread other = Thread.ofVirtual().start(node);
        one.join();
        other.join();
        assertThat(epochs).containsExactly(1L, 2L);
    }
}
