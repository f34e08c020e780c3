package io.carabiner.localservers;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waiting for processes that this JVM may not have started. */
final class Processes {

    private Processes() {}

    /** Whether the process is gone within this time. */
    static boolean awaitEnd(ProcessHandle process, int timeoutSeconds) {
        try {
            process.onExit().get(timeoutSeconds, TimeUnit.SECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalServerException("INTERRUPTED", "Interrupted while an earlier server stops.", e);
        }
    }
}
