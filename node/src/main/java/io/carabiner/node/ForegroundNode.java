package io.carabiner.node;

import io.carabiner.cli.BuildInfo;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.NodeMessages;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * {@code node start}: runs a node until the process is told to stop or loses the database's lease.
 *
 * <p>SIGINT and SIGTERM stop it in order and end the process with 0; when that takes longer than {@code
 * ShutdownGracePeriod}, it ends with 255, as the Go node does. A lost lease ends it with 1.
 */
final class ForegroundNode {

    private static final int EXIT_GRACE_PERIOD_EXCEEDED = 255;

    /** The configuration, which has a grace period, may not be read yet. */
    private static final Duration START_GIVEN_UP_WITHIN = Duration.ofSeconds(5);

    private final PrintStream err;
    private final NodeMessages messages = new NodeMessages();
    private final AtomicReference<@Nullable String> leaseLost = new AtomicReference<>();
    private final AtomicReference<@Nullable RunningNode> running = new AtomicReference<>();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread starter = Thread.currentThread();

    ForegroundNode(PrintStream err) {
        this.err = err;
    }

    /** Blocks while the node runs; answers the exit code where the node has ended by itself. */
    int run(StartOptions options, BuildInfo build) {
        Thread stopper = new Thread(this::stopOnSignal, "stop-on-signal");
        Runtime.getRuntime().addShutdownHook(stopper);
        try {
            running.set(RunningNode.start(options, build, this::lost));
            mayEnd.await();
            return ended();
        } catch (InterruptedException e) {
            // A signal while it was starting, as when it waits for the database: the hook ends the process.
            return 0;
        } catch (FaultException e) {
            err.println(e.getMessage());
            return 1;
        } finally {
            over.countDown();
        }
    }

    private void lost(String reason) {
        leaseLost.set(reason);
        mayEnd.countDown();
    }

    private int ended() {
        RunningNode node = running.getAndSet(null);
        if (node != null) {
            messages.stopping(String.valueOf(leaseLost.get()));
            closeWithin(node);
        }
        return leaseLost.get() == null ? 0 : 1;
    }

    /** The JVM would end with 143 after a hook: the Go node ends with 0, so it is ended here. */
    private void stopOnSignal() {
        if (over.getCount() == 0) {
            // No signal: the program ends by itself, and its exit code stays.
            return;
        }
        RunningNode node = running.getAndSet(null);
        if (node == null) {
            giveUpStart();
            Runtime.getRuntime().halt(leaseLost.get() == null ? 0 : 1);
        } else {
            messages.stopping("received a signal");
            Runtime.getRuntime().halt(closeWithin(node));
        }
    }

    /** What was started so far is closed by the thread that starts. */
    private void giveUpStart() {
        starter.interrupt();
        try {
            over.await(START_GIVEN_UP_WITHIN.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int closeWithin(RunningNode node) {
        Duration grace = node.shutdownGracePeriod();
        CountDownLatch closed = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("stopping").start(() -> {
            node.close();
            closed.countDown();
        });
        long deadline = TimeSource.system().monotonicNanos() + grace.toNanos();
        while (TimeSource.system().monotonicNanos() < deadline) {
            try {
                if (closed.await(deadline - TimeSource.system().monotonicNanos(), TimeUnit.NANOSECONDS)) {
                    return 0;
                }
            } catch (InterruptedException e) {
                // Told to stop while stopping: it goes on stopping, and the grace period bounds it.
            }
        }
        messages.gracePeriodExceeded(grace);
        return EXIT_GRACE_PERIOD_EXCEEDED;
    }
}
