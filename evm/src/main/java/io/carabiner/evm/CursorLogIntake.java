package io.carabiner.evm;

import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.RpcException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;

/** Drives the intake's steps on one thread whenever there is a new head. */
final class CursorLogIntake implements LogIntake, AutoCloseable {

    private static final Duration RETRY_MIN = Duration.ofMillis(50);
    private static final Duration RETRY_MAX = Duration.ofSeconds(2);
    private static final long NO_REPLAY = Long.MAX_VALUE;

    private final IntakeEngine engine;
    private final HeadTracker heads;
    private final TimeSource time;
    private final IntakeTroubles troubles;
    private final List<LogSubscriber> subscribers;
    private final Semaphore signal = new Semaphore(0);
    private final AtomicLong replayFrom = new AtomicLong(NO_REPLAY);
    private final AtomicLong cursor = new AtomicLong(-1);
    private final Thread thread;
    private volatile boolean closed;
    private volatile HeadTracker.Listening listening = () -> {};

    /** What goes wrong while driving. */
    interface IntakeTroubles {
        void endpointTrouble(RpcException fault);

        void waiting(String why);

        void storeTrouble(RuntimeException fault);
    }

    CursorLogIntake(
            String threadName,
            IntakeEngine engine,
            HeadTracker heads,
            TimeSource time,
            IntakeTroubles troubles,
            List<LogSubscriber> subscribers) {
        this.engine = engine;
        this.heads = heads;
        this.time = time;
        this.troubles = troubles;
        this.subscribers = subscribers;
        this.thread = Thread.ofVirtual().name(threadName).unstarted(this::run);
    }

    static List<LogSubscriber> subscriberList() {
        return new CopyOnWriteArrayList<>();
    }

    void start() {
        listening = heads.listen(head -> wake());
        thread.start();
    }

    @Override
    public void register(LogSubscriber subscriber) {
        subscribers.add(subscriber);
        wake();
    }

    @Override
    public void wake() {
        signal.release();
    }

    @Override
    public void replayFrom(long block) {
        replayFrom.accumulateAndGet(block, Math::min);
        wake();
    }

    @Override
    public Optional<StoredBlock> lastCommonBlock() {
        return engine.lastCommonBlock();
    }

    @Override
    public OptionalLong cursor() {
        long block = cursor.get();
        return block < 0 ? OptionalLong.empty() : OptionalLong.of(block);
    }

    private void run() {
        int retries = 0;
        boolean loaded = false;
        while (!closed) {
            try {
                if (!loaded) {
                    engine.reload();
                    cursor.set(engine.stored().cursor());
                    loaded = true;
                }
                retries = advance() ? 0 : pause(retries);
            } catch (RpcException e) {
                troubles.endpointTrouble(e);
                retries = pause(retries);
            } catch (FaultException e) {
                troubles.storeTrouble(e);
                loaded = false;
                retries = pause(retries);
            } catch (RuntimeException e) {
                // A subscriber that throws: nothing of the batch was stored, so it is given again.
                troubles.storeTrouble(e);
                loaded = false;
                retries = pause(retries);
            }
        }
    }

    /** Goes on as far as it can, then waits for news; false if it should try the same again a little later. */
    private boolean advance() {
        long replay = replayFrom.getAndSet(NO_REPLAY);
        if (replay != NO_REPLAY) {
            engine.replayFrom(replay);
        }
        signal.drainPermits();
        if (heads.latest().isEmpty()) {
            awaitSignal();
            return true;
        }
        Head newest = heads.latest().get();
        IntakeProgress progress =
                engine.step(heads.onTheWay(newest, engine.trail().cursor() + 1));
        cursor.set(engine.stored().cursor());
        return switch (progress) {
            case IntakeProgress.Moved moved -> true;
            case IntakeProgress.TryLater later -> {
                troubles.waiting(later.why());
                yield false;
            }
            case IntakeProgress.Idle idle -> {
                awaitSignal();
                yield true;
            }
        };
    }

    private void awaitSignal() {
        try {
            signal.acquire();
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private int pause(int retries) {
        Duration wait = RETRY_MIN.multipliedBy(1L << Math.min(retries, 6));
        try {
            time.sleep(wait.compareTo(RETRY_MAX) < 0 ? wait : RETRY_MAX);
        } catch (InterruptedException e) {
            closed = true;
        }
        return retries + 1;
    }

    @Override
    public void close() {
        closed = true;
        listening.close();
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
