package io.carabiner.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What a benchmark run does.
 *
 * @param launcher the program's launcher, so that the node has the flags users have
 * @param ratesPerSecond requests sent a second, one phase after the other
 * @param phase how long each rate lasts
 * @param idle how long the node is watched without requests first
 * @param warmUp how long requests come at the first rate before anything is measured; zero for not at all
 * @param keys that answer, 1 or more
 * @param endpoints of the chain, 1 or more; the first one is read along
 * @param faults whether the first endpoint goes bad in each phase
 */
record Options(
        Path launcher,
        List<Integer> ratesPerSecond,
        Duration phase,
        Duration idle,
        Duration warmUp,
        int keys,
        int endpoints,
        Faults faults) {

    /** What goes wrong at the first endpoint. */
    enum Faults {
        NONE,
        /** It falls silent for 20 s with its connections open, and drops one message in ten before and after. */
        SILENT_ENDPOINT
    }

    private static final String USAGE =
            "usage: ./campaign direct-request [--rates 2,10,30,100] [--seconds 20] [--idle-seconds 15]"
                    + " [--warm-up SECONDS] [--keys N] [--endpoints N] [--faults silent-endpoint]";

    private static final Options DEFAULTS = new Options(
            Path.of("carabiner"),
            List.of(2, 10, 30, 100),
            Duration.ofSeconds(20),
            Duration.ofSeconds(15),
            Duration.ZERO,
            1,
            1,
            Faults.NONE);

    static Options parse(Path launcher, String... arguments) {
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        Options options = DEFAULTS.startedBy(launcher);
        for (int i = 0; i < arguments.length; i += 2) {
            options = options.with(arguments[i], arguments[i + 1]);
        }
        return options;
    }

    private Options startedBy(Path program) {
        return new Options(program, ratesPerSecond, phase, idle, warmUp, keys, endpoints, faults);
    }

    private Options with(String option, String value) {
        return switch (option) {
            case "--rates" -> new Options(launcher, numbers(value), phase, idle, warmUp, keys, endpoints, faults);
            case "--seconds" ->
                new Options(launcher, ratesPerSecond, seconds(value), idle, warmUp, keys, endpoints, faults);
            case "--idle-seconds" ->
                new Options(launcher, ratesPerSecond, phase, seconds(value), warmUp, keys, endpoints, faults);
            case "--warm-up" ->
                new Options(launcher, ratesPerSecond, phase, idle, seconds(value), keys, endpoints, faults);
            case "--keys" ->
                new Options(launcher, ratesPerSecond, phase, idle, warmUp, positive(value), endpoints, faults);
            case "--endpoints" ->
                new Options(launcher, ratesPerSecond, phase, idle, warmUp, keys, positive(value), faults);
            case "--faults" ->
                // A silent endpoint can only be left where there is another one.
                new Options(launcher, ratesPerSecond, phase, idle, warmUp, keys, Math.max(2, endpoints), faults(value));
            default -> throw new IllegalArgumentException("unknown option " + option + "; " + USAGE);
        };
    }

    private static List<Integer> numbers(String value) {
        return List.of(value.split(",", -1)).stream().map(Integer::valueOf).toList();
    }

    private static Duration seconds(String value) {
        return Duration.ofSeconds(Long.parseLong(value));
    }

    private static int positive(String value) {
        int number = Integer.parseInt(value);
        if (number < 1) {
            throw new IllegalArgumentException(value + " is not 1 or more; " + USAGE);
        }
        return number;
    }

    private static Faults faults(String value) {
        if (!value.equals("silent-endpoint")) {
            throw new IllegalArgumentException("unknown faults " + value + "; " + USAGE);
        }
        return Faults.SILENT_ENDPOINT;
    }
}
