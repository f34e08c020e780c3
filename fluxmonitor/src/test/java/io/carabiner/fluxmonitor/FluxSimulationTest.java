package io.carabiner.fluxmonitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.fluxmonitor.ModelOracle.Troubles;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Several oracles on one feed, from seeds: each dies at any step, chain, adapters and database fail, blocks are taken
 * back. Whatever happens, no oracle has two submissions to a round under way, and once the trouble is over every
 * oracle and the feed follow the price.
 */
class FluxSimulationTest {

    private static final int SEEDS_PER_SHAPE = 40;
    private static final long ROUND_TIMEOUT = 120;
    private static final int TROUBLED_SECONDS = 900;
    private static final int CALM_SECONDS = 900;
    private static final BigDecimal THRESHOLD = new BigDecimal("0.01");

    private static MonitorRules rules(String shape) {
        TimerSettings timers =
                switch (shape) {
                    case "poll" ->
                        timers(
                                Optional.of(Duration.ofSeconds(15)),
                                Optional.of(Duration.ofSeconds(300)),
                                Optional.empty());
                    case "idle" -> timers(Optional.empty(), Optional.of(Duration.ofSeconds(60)), Optional.empty());
                    case "drumbeat" -> timers(Optional.empty(), Optional.empty(), Optional.of(60));
                    default -> throw new IllegalArgumentException(shape);
                };
        return new MonitorRules(
                timers,
                Deviation.of(1, 0),
                new PaymentRules(BigInteger.ONE, Optional.empty()),
                new SubmissionRange(BigInteger.ONE, BigInteger.TEN.pow(12)));
    }

    private static TimerSettings timers(Optional<Duration> poll, Optional<Duration> idle, Optional<Integer> drumbeat) {
        return new TimerSettings(
                poll,
                idle,
                drumbeat.map(period -> after -> Instant.ofEpochSecond((after.getEpochSecond() / period + 1) * period)),
                Duration.ofSeconds(5));
    }

    private final List<ModelOracle> oracles = new ArrayList<>();
    private BigDecimal price = BigDecimal.valueOf(100_000);

    @ParameterizedTest
    @ValueSource(strings = {"poll", "idle", "drumbeat"})
    void oracles_answerEachRoundOnce_andFollowThePrice(String shape) {
        for (long seed = 1; seed <= SEEDS_PER_SHAPE; seed++) {
            play(shape, seed);
        }
    }

    private void play(String shape, long seed) {
        Random random = new Random(seed);
        int count = 1 + random.nextInt(4);
        int min = 1 + random.nextInt(count);
        ModelWorld world = new ModelWorld(random, new ModelFeed(count, min, random.nextInt(count), ROUND_TIMEOUT));
        oracles.clear();
        price = BigDecimal.valueOf(100_000);
        for (int id = 0; id < count; id++) {
            oracles.add(new ModelOracle(id, world, rules(shape), random, () -> price));
        }
        Troubles troubles = new Troubles(
                random.nextDouble() * 0.4,
                random.nextDouble() * 0.4,
                random.nextDouble() * 0.3,
                random.nextDouble() * 0.05);
        for (int second = 0; second < TROUBLED_SECONDS; second++) {
            if (random.nextInt(40) == 0) {
                movePrice(random);
            }
            if (random.nextInt(60) == 0) {
                int depth = 1 + random.nextInt(ModelWorld.FINALITY - 1);
                world.reorg(depth, random.nextDouble());
                oracles.forEach(oracle -> oracle.unread(depth));
            }
            tick(world, random, troubles, 0.2 + random.nextDouble() * 0.6);
            if (second % 10 == 0) {
                assertNeverTwice(shape, seed);
            }
        }
        price = price.multiply(new BigDecimal("1.37"));
        for (int second = 0; second < CALM_SECONDS; second++) {
            tick(world, random, Troubles.NONE, 1);
        }
        assertNeverTwice(shape, seed);
        assertFollowed(shape, seed, world, count);
    }

    private void movePrice(Random random) {
        price = price.multiply(BigDecimal.valueOf(0.9 + random.nextDouble() * 0.25))
                .setScale(4, RoundingMode.HALF_UP)
                .max(BigDecimal.valueOf(1_000));
    }

    private void tick(ModelWorld world, Random random, Troubles troubles, double share) {
        world.pass(1);
        if (random.nextInt(3) == 0) {
            world.mine(share);
        }
        for (ModelOracle oracle : oracles) {
            oracle.readLogs();
            for (int i = 0; i < 4; i++) {
                oracle.act(troubles);
            }
        }
    }

    private void assertNeverTwice(String shape, long seed) {
        assertThat(oracles)
                .as("%s, seed %d: a round answered twice", shape, seed)
                .allMatch(ModelOracle::neverTwiceAtOnce);
    }

    private void assertFollowed(String shape, long seed, ModelWorld world, int count) {
        assertThat(world.feed().answer().filter(this::isNear))
                .as(
                        "%s, seed %d: the feed answers %s, the price is %s",
                        shape, seed, world.feed().answer(), price)
                .isPresent();
        for (int id = 0; id < count; id++) {
            assertThat(isNear(world.state(id, 0).latestSubmission()))
                    .as("%s, seed %d: oracle %d told %s, the price is %s", shape, seed, id, world.state(id, 0), price)
                    .isTrue();
        }
    }

    private boolean isNear(BigInteger answer) {
        BigDecimal difference = price.subtract(new BigDecimal(answer)).abs();
        return difference.compareTo(price.multiply(THRESHOLD)) <= 0;
    }
}
