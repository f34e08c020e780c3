package io.carabiner.evm;

import java.time.Duration;

/**
 * When to look for a new head without being told: pure.
 *
 * @param pollInterval {@code NodePool.NewHeadsPollInterval}: above zero heads are only polled, this often
 * @param silenceMax the longest time to believe in a silent subscription: {@code NodePool.PollInterval}, or
 *     {@code NoNewHeadsThreshold} if that is shorter
 */
record HeadRules(Duration pollInterval, Duration silenceMax) {

    /** How often to poll where there is no subscription and no interval is configured. */
    static final Duration POLL_DEFAULT = Duration.ofSeconds(1);

    /** No subscription is doubted before this; also what passes before the first doubt on an unknown chain. */
    static final Duration SILENCE_MIN = Duration.ofSeconds(1);

    /** After this many polls that give a lower head, the chain itself is taken to be shorter. */
    static final int SHRINK_POLLS = 3;

    private static final Duration SUBSCRIBE_AGAIN_MIN = Duration.ofSeconds(1);
    private static final Duration SUBSCRIBE_AGAIN_MAX = Duration.ofSeconds(15);

    static HeadRules of(Duration newHeadsPollInterval, Duration poolPollInterval, Duration noNewHeadsThreshold) {
        Duration silence = poolPollInterval.isZero() ? Duration.ofSeconds(10) : poolPollInterval;
        if (!noNewHeadsThreshold.isZero() && noNewHeadsThreshold.compareTo(silence) < 0) {
            silence = noNewHeadsThreshold;
        }
        return new HeadRules(newHeadsPollInterval, silence);
    }

    boolean onlyPolls() {
        return pollInterval.isPositive();
    }

    /**
     * How long to wait for the next head before polling for it.
     *
     * @param blockTime the average time between the newest heads; zero while it is not known
     * @param fruitless how many polls since the last head found nothing new
     */
    Duration silence(Duration blockTime, int fruitless) {
        Duration expected = blockTime.isZero()
                ? SILENCE_MIN.multipliedBy(2)
                : blockTime.multipliedBy(3).dividedBy(2).plusMillis(250);
        Duration doubled = max(expected, SILENCE_MIN).multipliedBy(1L << Math.min(fruitless, 10));
        return doubled.compareTo(silenceMax) < 0 ? doubled : silenceMax;
    }

    /** The wait before the next attempt to subscribe, after so many that failed in a row. */
    Duration subscribeAgain(int failed) {
        Duration wait = SUBSCRIBE_AGAIN_MIN.multipliedBy(1L << Math.min(failed, 10));
        return wait.compareTo(SUBSCRIBE_AGAIN_MAX) < 0 ? wait : SUBSCRIBE_AGAIN_MAX;
    }

    Duration pollPause() {
        return onlyPolls() ? pollInterval : POLL_DEFAULT;
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}
