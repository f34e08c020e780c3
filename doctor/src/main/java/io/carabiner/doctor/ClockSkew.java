package io.carabiner.doctor;

import java.time.Duration;

/** How far two clocks may be apart. Pure. */
final class ClockSkew {

    static final Duration NOTED_FROM = Duration.ofSeconds(5);
    static final Duration HARMFUL_FROM = Duration.ofSeconds(60);

    private ClockSkew() {}

    /** @param ahead how far this machine is ahead of the other; negative if it is behind */
    static Finding judge(String other, Duration ahead) {
        String what = "this machine is " + words(ahead) + " the clock of " + other;
        String advice = "let both machines keep time with NTP (timedatectl, chrony)";
        if (ahead.abs().compareTo(HARMFUL_FROM) > 0) {
            return Finding.fail("clock", other, what, advice);
        }
        return ahead.abs().compareTo(NOTED_FROM) > 0
                ? Finding.warn("clock", other, what, advice)
                : Finding.ok("clock", other, what);
    }

    private static String words(Duration ahead) {
        long millis = ahead.abs().toMillis();
        String amount = millis < 10_000 ? millis + " ms" : millis / 1000 + " s";
        return amount + (ahead.isNegative() ? " behind" : " ahead of");
    }
}
