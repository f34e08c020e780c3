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
 */
record Options(Path launcher, List<Integer> ratesPerSecond, Duration phase, Duration idle) {

    private static final String USAGE =
            "usage: ./campaign direct-request [--rates 2,10,30,100] [--seconds 20] [--idle-seconds 15]";

    static Options parse(Path launcher, String... arguments) {
        List<Integer> rates = List.of(2, 10, 30, 100);
        Duration phase = Duration.ofSeconds(20);
        Duration idle = Duration.ofSeconds(15);
        for (int i = 0; i + 1 < arguments.length; i += 2) {
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--rates" ->
                    rates = List.of(value.split(",", -1)).stream()
                            .map(Integer::valueOf)
                            .toList();
                case "--seconds" -> phase = Duration.ofSeconds(Long.parseLong(value));
                case "--idle-seconds" -> idle = Duration.ofSeconds(Long.parseLong(value));
                default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        if (arguments.length % 2 != 0) {
            throw new IllegalArgumentException(USAGE);
        }
        return new Options(launcher, rates, phase, idle);
    }
}
