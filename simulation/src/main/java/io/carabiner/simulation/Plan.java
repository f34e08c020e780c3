package io.carabiner.simulation;

import io.carabiner.evm.SimulatedIntake;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.SimulatedSender;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * What kind of life a seed means.
 *
 * @param troubles the kinds of faults that happen at all
 * @param troublePercent the chance of each at each occasion
 * @param deathPercent the chance that a commit or a broadcast goes wrong
 */
record Plan(
        PlantedBug bug,
        List<Address> keys,
        boolean bloomFilled,
        int finalityDepth,
        int incomingConfirmations,
        int maxInFlight,
        int bumpThreshold,
        int rangeMax,
        Set<EndpointTrouble> troubles,
        int troublePercent,
        int deathPercent) {

    private static final List<Address> KEYS = List.of(
            Address.fromHex("00000000000000000000000000000000000000c1"),
            Address.fromHex("00000000000000000000000000000000000000c2"));
    private static final int HEADERS_MAX = 20;
    private static final int PRICE_FOLLY = 10;

    static Plan of(Random random, PlantedBug bug) {
        EnumSet<EndpointTrouble> troubles = EnumSet.noneOf(EndpointTrouble.class);
        for (EndpointTrouble kind : EndpointTrouble.values()) {
            if (random.nextInt(3) == 0) {
                troubles.add(kind);
            }
        }
        int finality = random.nextInt(8) == 0 ? 66 : 8 + random.nextInt(16);
        return new Plan(
                bug,
                KEYS.subList(0, 1 + random.nextInt(2)),
                random.nextInt(3) > 0,
                finality,
                1 + random.nextInt(3),
                random.nextBoolean() ? 3 : 12,
                random.nextInt(4),
                1 + random.nextInt(30),
                troubles,
                random.nextInt(4) * 6,
                random.nextInt(4) * 2);
    }

    /** The deepest reorg: all but finality. */
    int reorgMax() {
        return finalityDepth - 2;
    }

    SimulatedIntake.Limits intakeLimits() {
        return new SimulatedIntake.Limits(finalityDepth, keepDepth(), rangeMax, HEADERS_MAX, 2 + rangeMax, 5);
    }

    int keepDepth() {
        return finalityDepth * 2;
    }

    SimulatedSender.Limits senderLimits() {
        return new SimulatedSender.Limits(
                bug == PlantedBug.NO_FLIGHT_LIMIT ? 0 : maxInFlight,
                bumpThreshold,
                4,
                Duration.ofSeconds(60),
                finalityDepth);
    }

    Wei priceMax() {
        return bug == PlantedBug.NO_PRICE_CEILING
                ? Wei.ofGwei(Sending.PRICE_MAX_GWEI * PRICE_FOLLY)
                : Wei.ofGwei(Sending.PRICE_MAX_GWEI);
    }
}
