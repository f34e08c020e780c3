package io.carabiner.evm;

import io.carabiner.rpc.RpcErrorException;
import io.carabiner.rpc.RpcException;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How many blocks to ask for at once: as many as are configured, fewer where endpoints refuse them, and after a while
 * more again. What was refused is not tried again at once, so that no call is wasted on it. Confined to one thread.
 */
final class RangeSize {

    /** After so many full ranges in a row a wider one is tried again. */
    static final int ANSWERS_BEFORE_RETRY = 200;

    /**
     * Where providers name their limit: "limited to a 2000 range", "max is 10,000 blocks", "up to a 500 block range".
     */
    private static final Pattern NAMED_LIMIT = Pattern.compile(
            "(?:limit(?:ed)?(?: to| of)?|max(?:imum)?(?: is| allowed)?|up to)"
                    + "[^0-9\\n]{0,24}([0-9][0-9,_]{0,8})(?=[^0-9]|$)",
            Pattern.CASE_INSENSITIVE);

    private final int configured;
    private int current;
    /** The most that was answered, and the least that was refused; 0 for none. */
    private long good;

    private long bad;
    private int answers;

    RangeSize(int configured) {
        this.configured = Math.max(1, configured);
        this.current = this.configured;
    }

    int current() {
        return current;
    }

    /** A range of this many blocks was refused. */
    void refused(long blocks, String words) {
        long named = namedLimit(words).orElse(0);
        boolean told = named > 0 && named < blocks;
        bad = told ? named + 1 : blocks;
        good = good < bad ? good : 0;
        answers = 0;
        long half = good > 0 ? good : Math.max(1, blocks / 2);
        current = Math.toIntExact(told ? named : half);
    }

    /** A range of this many blocks was answered. */
    void answered(long blocks) {
        if (blocks < current) {
            return;
        }
        good = Math.max(good, blocks);
        if (++answers >= ANSWERS_BEFORE_RETRY) {
            bad = 0;
            answers = 0;
        }
        current = Math.toIntExact(Math.min(configured, next()));
    }

    /** Halfway to what was refused, until that is near enough. */
    private long next() {
        if (bad == 0) {
            return good * 2;
        }
        return bad - good > Math.max(1, good / 8) ? good + (bad - good) / 2 : good;
    }

    /** Whether a smaller range may be answered. */
    static boolean isTooMuch(RpcException e) {
        return switch (e.fault()) {
            case TIMEOUT, TOO_LARGE -> true;
            case ERROR_OBJECT -> e instanceof RpcErrorException error && error.isTooManyResults();
            case UNREACHABLE,
                    HTTP_STATUS,
                    RATE_LIMITED,
                    NOT_JSON_RPC,
                    MALFORMED_RESULT,
                    WRONG_CHAIN,
                    NO_ENDPOINT,
                    STALE,
                    BUDGET,
                    INTERRUPTED -> false;
        };
    }

    /** The number of blocks that an endpoint says it allows. */
    static OptionalLong namedLimit(String words) {
        Matcher found = NAMED_LIMIT.matcher(words);
        while (found.find()) {
            long limit = Long.parseLong(found.group(1).replaceAll("[,_]", ""));
            if (limit > 0 && words.toLowerCase(Locale.ROOT).contains("range")) {
                return OptionalLong.of(limit);
            }
        }
        return OptionalLong.empty();
    }
}
