package io.carabiner.testkit;

import java.io.InterruptedIOException;
import java.util.function.Predicate;

/** Whether the program behind a tap is frozen, on all its connections at once. Safe for use by many threads. */
final class FrozenClient {

    private Predicate<String> where = statement -> false;
    private boolean frozen;

    synchronized void freezeInside(Predicate<String> statement) {
        where = statement;
    }

    /** Whether this is the statement; only the first one that fits is. */
    synchronized boolean isToFreezeIn(String statement) {
        boolean here = where.test(statement);
        if (here) {
            where = other -> false;
        }
        return here;
    }

    synchronized void freeze() {
        frozen = true;
        notifyAll();
    }

    synchronized void thaw() {
        frozen = false;
        notifyAll();
    }

    synchronized void awaitFrozen() throws InterruptedException {
        while (!frozen) {
            wait();
        }
    }

    synchronized void awaitThawed() throws InterruptedIOException {
        try {
            while (frozen) {
                wait();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the program behind the tap is frozen");
        }
    }
}
