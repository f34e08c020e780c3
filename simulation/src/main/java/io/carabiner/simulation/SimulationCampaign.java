package io.carabiner.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/**
 * {@code ./campaign simulation}: many lives, one after the other, on one thread. Prints how far it is, each failure
 * with the command that repeats it, and the closing figures; exits with 1 if any life failed.
 */
public final class SimulationCampaign {

    private static final Duration TELL_EVERY = Duration.ofSeconds(30);
    private static final int FAILURES_MAX = 20;

    /**
     * What to play.
     *
     * @param most no new life is begun after this time
     */
    record Options(long first, long seeds, Duration most) {

        static final String USAGE = "usage: ./campaign simulation [--seeds 1000000] [--first 1] [--hours 24]";

        static Options parse(String... arguments) {
            long first = 1;
            long seeds = 1_000_000;
            Duration most = Duration.ofHours(24);
            for (int i = 0; i < arguments.length; i += 2) {
                if (i + 1 == arguments.length) {
                    throw new IllegalArgumentException(USAGE);
                }
                String value = arguments[i + 1];
                switch (arguments[i]) {
                    case "--seeds" -> seeds = Long.parseLong(value);
                    case "--first" -> first = Long.parseLong(value);
                    case "--hours" -> most = Duration.ofSeconds(Math.round(Double.parseDouble(value) * 3_600));
                    default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
                }
            }
            return new Options(first, seeds, most);
        }
    }

    private final Options options;
    private final long start = System.nanoTime();
    private final List<Life.Failure> failures = new ArrayList<>();
    private long lives;
    private long requests;
    private long blocks;
    private long reorgs;
    private long commits;
    private long sent;

    private SimulationCampaign(Options options) {
        this.options = options;
    }

    /** Plays, and exits with 1 if a life failed. */
    public static void main(String[] arguments) throws InterruptedException {
        Options options;
        try {
            options = Options.parse(arguments);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        silence();
        System.exit(new SimulationCampaign(options).play() ? 0 : 1);
    }

    /** A world full of trouble gives the operator much to read. */
    static void silence() {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.OFF);
    }

    private boolean play() throws InterruptedException {
        long told = start;
        for (long seed = options.first(); seed < options.first() + options.seeds(); seed++) {
            add(Life.play(seed, PlantedBug.NONE));
            long now = System.nanoTime();
            if (now - told >= TELL_EVERY.toNanos()) {
                told = now;
                tell("so far");
            }
            if (now - start >= options.most().toNanos() || failures.size() >= FAILURES_MAX) {
                break;
            }
        }
        tell("in all");
        System.out.println(failures.isEmpty() ? "every promise was kept in every life" : failures.size() + " FAILED");
        return failures.isEmpty();
    }

    private void add(Life.Course course) {
        lives++;
        requests += course.requests();
        blocks += course.blocks();
        reorgs += course.reorgs();
        commits += course.commits();
        sent += course.sent();
        course.failure().ifPresent(failure -> {
            failures.add(failure);
            System.out.println("FAILED " + failure);
            System.out.println("  again: ./campaign simulation --first " + failure.seed() + " --seeds 1");
        });
    }

    private void tell(String when) {
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(String.format(
                Locale.ROOT,
                "%s: %d lives in %.0f s (%.0f/s); %d requests, %d blocks, %d reorgs, %d commits, %d broadcasts;"
                        + " %d failed",
                when,
                lives,
                seconds,
                lives / Math.max(seconds, 1e-9),
                requests,
                blocks,
                reorgs,
                commits,
                sent,
                failures.size()));
    }
}
