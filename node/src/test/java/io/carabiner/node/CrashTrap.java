package io.carabiner.node;

import io.carabiner.testkit.TapVerdict;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import tools.jackson.databind.JsonNode;

/** Does something to a node, such as killing it, the first time it comes to a point, and before anything follows. */
final class CrashTrap {

    private final Runnable deed;
    private final TapVerdict verdict;
    private final AtomicBoolean sprung = new AtomicBoolean();
    private volatile boolean done;

    private CrashTrap(Runnable deed, TapVerdict verdict) {
        this.deed = deed;
        this.verdict = verdict;
    }

    /** Kills the world's node at this point, as {@code kill -9} does. What it was about to say is lost with it. */
    static CrashTrap killing(OracleWorld world, CrashPoint point) {
        NodeProcess victim = world.node();
        return set(world, point, new CrashTrap(victim::kill, TapVerdict.CUT));
    }

    /** Does something at this point and lets the node go on as far as it can. */
    static CrashTrap doing(OracleWorld world, CrashPoint point, Runnable deed) {
        return set(world, point, new CrashTrap(deed, TapVerdict.FORWARD));
    }

    private static CrashTrap set(OracleWorld world, CrashPoint point, CrashTrap trap) {
        remove(world);
        switch (point.when()) {
            case BEFORE_COMMIT ->
                world.sqlTap()
                        .beforeCommit(sql -> trap.springIf(() -> point.step().isStoredBy(sql)));
            case AFTER_COMMIT ->
                world.sqlTap()
                        .afterCommit(sql -> trap.springIf(() -> point.step().isStoredBy(sql)));
            case REQUEST -> world.rpcTap().beforeRequest(request -> trap.springIf(() -> isCall(request, point)));
            case ANSWER ->
                world.rpcTap()
                        .beforeAnswer((request, answer) ->
                                trap.springIf(() -> isCall(request, point) && holdsSomething(answer.path("result"))));
            case SOURCE_ASKED -> world.page().onAsked(() -> trap.springIf(() -> true));
        }
        return trap;
    }

    /** Nothing happens to the world's next node. */
    static void remove(OracleWorld world) {
        world.sqlTap().beforeCommit(sql -> TapVerdict.FORWARD);
        world.sqlTap().afterCommit(sql -> TapVerdict.FORWARD);
        world.rpcTap().beforeRequest(request -> TapVerdict.FORWARD);
        world.rpcTap().beforeAnswer((request, answer) -> TapVerdict.FORWARD);
        world.page().onAsked(() -> {});
    }

    /** Whether it has happened. */
    boolean isSprung() {
        return done;
    }

    private TapVerdict springIf(BooleanSupplier here) {
        if (sprung.get()) {
            return verdict;
        }
        if (!here.getAsBoolean() || !sprung.compareAndSet(false, true)) {
            return TapVerdict.FORWARD;
        }
        deed.run();
        done = true;
        return verdict;
    }

    private static boolean isCall(JsonNode request, CrashPoint point) {
        return request.path("method").asString("").equals(point.call());
    }

    private static boolean holdsSomething(JsonNode result) {
        return result.isContainer() ? !result.isEmpty() : result.isString();
    }
}
