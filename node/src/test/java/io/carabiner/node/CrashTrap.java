package io.carabiner.node;

import io.carabiner.testkit.TapVerdict;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/**
 * Kills a node, as {@code kill -9} does, the first time it comes to a point. What it was about to say is lost with it.
 */
final class CrashTrap {

    private final NodeProcess victim;
    private final AtomicBoolean sprung = new AtomicBoolean();
    private volatile boolean dead;

    private CrashTrap(NodeProcess victim) {
        this.victim = victim;
    }

    /** Sets the trap for the world's node; traps set before are gone. */
    static CrashTrap set(OracleWorld world, CrashPoint point) {
        CrashTrap trap = new CrashTrap(world.node());
        remove(world);
        switch (point.when()) {
            case BEFORE_COMMIT -> world.sqlTap().beforeCommit(sql -> trap.springIf(() -> point.isWrittenBy(sql)));
            case AFTER_COMMIT -> world.sqlTap().afterCommit(sql -> trap.springIf(() -> point.isWrittenBy(sql)));
            case REQUEST -> world.rpcTap().beforeRequest(request -> trap.springIf(() -> point.isCall(method(request))));
            case ANSWER ->
                world.rpcTap().beforeAnswer((request, answer) -> trap.springIf(() -> point.isCall(method(request))));
            case MINED_ANSWER ->
                world.rpcTap()
                        .beforeAnswer((request, answer) -> trap.springIf(() -> point.isCall(method(request))
                                && answer.path("result").isObject()));
            case SOURCE_ASKED -> world.page().onAsked(() -> trap.springIf(() -> true));
        }
        return trap;
    }

    /** Nothing kills the world's next node. */
    static void remove(OracleWorld world) {
        world.sqlTap().beforeCommit(sql -> TapVerdict.FORWARD);
        world.sqlTap().afterCommit(sql -> TapVerdict.FORWARD);
        world.rpcTap().beforeRequest(request -> TapVerdict.FORWARD);
        world.rpcTap().beforeAnswer((request, answer) -> TapVerdict.FORWARD);
        world.page().onAsked(() -> {});
    }

    /** Whether the node has been killed and is gone. */
    boolean hasKilled() {
        return dead;
    }

    private TapVerdict springIf(BooleanSupplier here) {
        if (sprung.get()) {
            return TapVerdict.CUT;
        }
        if (!here.getAsBoolean() || !sprung.compareAndSet(false, true)) {
            return TapVerdict.FORWARD;
        }
        victim.kill();
        dead = true;
        return TapVerdict.CUT;
    }

    private static String method(JsonNode request) {
        return request.path("method").asString("");
    }
}
