package io.carabiner.fluxmonitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * What the chain told a monitor while it was busy, most urgent kind first: flags, then rounds, then answers. Of each
 * kind only the newest few are kept, as in the Go node: a round that is older than the two newest takes no submission
 * any more. Safe for use by many threads.
 */
final class Mailbox {

    /** How many changes of flags are kept. */
    static final int FLAGS_MAX = 2;

    /** How many rounds are kept: the newest, and the one before, which may still be open. */
    static final int ROUNDS_MAX = 2;

    /** How many answers are kept. */
    static final int ANSWERS_MAX = 1;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Deque<Event.Signal> flags = new ArrayDeque<>();
    private final Deque<Event.Signal> rounds = new ArrayDeque<>();
    private final Deque<Event.Signal> answers = new ArrayDeque<>();
    private boolean stopped;

    /** Keeps a signal; the oldest of its kind is dropped where there is no room. */
    synchronized void put(Event.Signal signal) {
        switch (signal) {
            case Event.FlagRaised raised -> keep(flags, signal, FLAGS_MAX);
            case Event.FlagLowered lowered -> keep(flags, signal, FLAGS_MAX);
            case Event.RoundBegan round -> keep(rounds, signal, ROUNDS_MAX);
            case Event.AnswerUpdated answer -> keep(answers, signal, ANSWERS_MAX);
            case Event.TimeCame time -> {}
        }
        notifyAll();
    }

    private static void keep(Deque<Event.Signal> kind, Event.Signal signal, int max) {
        if (kind.size() == max) {
            kind.removeFirst();
        }
        kind.addLast(signal);
    }

    /** Takes the most urgent signal. */
    synchronized Optional<Event.Signal> take() {
        return Optional.ofNullable(flags.pollFirst())
                .or(() -> Optional.ofNullable(rounds.pollFirst()))
                .or(() -> Optional.ofNullable(answers.pollFirst()));
    }

    /** Waits until there is something or it is stopped, but not longer than this. */
    synchronized void await(long nanosMax) throws InterruptedException {
        long deadline = System.nanoTime() + nanosMax;
        long left = nanosMax;
        while (!stopped && left > 0 && flags.isEmpty() && rounds.isEmpty() && answers.isEmpty()) {
            wait(left / NANOS_PER_MILLI + 1);
            left = deadline - System.nanoTime();
        }
    }

    synchronized void stop() {
        stopped = true;
        notifyAll();
    }

    synchronized boolean isStopped() {
        return stopped;
    }
}
