package io.carabiner.node;

import io.carabiner.primitives.ChainId;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.HealthStatus;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * When a node may be given work: it holds the database's lease, and an endpoint of at least one of its chains answers.
 * One dead chain of several does not take the node out of service.
 */
final class Readiness {

    private static final String LEASE = "RunNode.LockedDB.LeaseLock";
    private static final String CHAINS = "EVM";

    private Readiness() {}

    /**
     * Adds the checks.
     *
     * @param chains the chains that are switched on; each has its own check {@code EVM.<id>}
     */
    static void register(HealthChecks health, BooleanSupplier leaseHeld, List<ChainId> chains) {
        health.registerForReadiness(LEASE, () -> lease(leaseHeld.getAsBoolean()));
        if (!chains.isEmpty()) {
            health.registerForReadiness(CHAINS, () -> anyOf(health, chains));
        }
    }

    private static HealthStatus lease(boolean held) {
        return held
                ? HealthStatus.PASSING
                : HealthStatus.failing("the database lease is lost: nothing can be stored any more");
    }

    private static HealthStatus anyOf(HealthChecks health, List<ChainId> chains) {
        boolean alive =
                chains.stream().anyMatch(chain -> health.status(CHAINS + "." + chain) instanceof HealthStatus.Passing);
        return alive ? HealthStatus.PASSING : HealthStatus.failing("no endpoint of any chain answers");
    }
}
