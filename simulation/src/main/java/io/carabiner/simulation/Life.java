package io.carabiner.simulation;

import java.util.Optional;

/** Plays the life of a seed under the eyes of the checker. Used by one thread; the same seed gives the same life. */
final class Life {

    /** Moves while things go wrong. */
    static final int MOVES = 200;

    /** Blocks in which all must be done once nothing goes wrong any more, beyond twice the finality. */
    private static final int PEACEFUL_BLOCKS_MAX = 400;

    /**
     * What went wrong.
     *
     * @param step the move after which it was seen; above {@link #MOVES} in the peace after them
     */
    record Failure(long seed, PlantedBug bug, int step, String invariant, String words) {

        @Override
        public String toString() {
            return "seed " + seed + (bug == PlantedBug.NONE ? "" : " with " + bug) + ", step " + step + ": " + words;
        }
    }

    /**
     * What a life was like.
     *
     * @param requests on the canonical chain at its end
     * @param blocks of the canonical chain
     */
    record Course(int requests, int blocks, int reorgs, long commits, int sent, Optional<Failure> failure) {}

    private final long seed;
    private final PlantedBug bug;
    private final World world;
    private final Checker checker;
    private int step;

    private Life(long seed, PlantedBug bug) {
        this.seed = seed;
        this.bug = bug;
        this.world = new World(seed, bug);
        this.checker = new Checker(world);
    }

    /** Plays one life to its end or its first failure. */
    static Course play(long seed, PlantedBug bug) throws InterruptedException {
        Life life = new Life(seed, bug);
        Optional<Failure> failure = Optional.empty();
        try {
            life.live();
        } catch (Violation e) {
            failure = Optional.of(life.failed(e.invariant(), String.valueOf(e.getMessage())));
        } catch (IllegalStateException | AssertionError e) {
            failure = Optional.of(life.failed("broken", String.valueOf(e)));
        }
        return life.course(failure);
    }

    private Failure failed(String invariant, String words) {
        return new Failure(seed, bug, step, invariant, words);
    }

    private Course course(Optional<Failure> failure) {
        int requests = world.chain().canonical().stream()
                .mapToInt(block ->
                        (int) block.asks().stream().filter(ask -> !ask.cancel()).count())
                .sum();
        return new Course(
                requests,
                world.chain().canonical().size(),
                world.chain().reorgs(),
                world.commits(),
                world.network().given().size(),
                failure);
    }

    private void live() throws InterruptedException {
        for (step = 1; step <= MOVES; step++) {
            world.move();
            checker.step();
        }
        world.peace();
        int blocks = 0;
        int enough = PEACEFUL_BLOCKS_MAX + 2 * world.plan().finalityDepth();
        for (; blocks < enough && !(blocks > 0 && checker.atRest()); blocks++, step++) {
            int steps = world.peacefulRound();
            if (steps >= Checker.STEPS_TO_REST_MAX) {
                throw new Violation("I9", "a key does not come to rest");
            }
            checker.step();
        }
        checker.end(blocks);
    }
}
