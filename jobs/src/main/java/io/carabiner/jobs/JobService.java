package io.carabiner.jobs;

/**
 * What makes the runs of one active job..
 *
 * <p>Starting must not wait for anything outside: a service whose chain or adapter is dead starts all the same, tries
 * again by itself, and says so by {@link RunStarter#jobFailed}. So no job holds up another.
 */
public interface JobService {

    /**
     * Begins to make runs. A new job whose service throws here is not kept; a stored one gets a job error.
     *
     * @throws RuntimeException if it cannot work on this node at all
     */
    void start();

    /**
     * Stops making runs; those under way go on. May be called twice, also where {@link #start} threw or is under way.
     */
    void stop();

    /**
     * The node stops, the job stays. What comes in until the chains have stopped too must be stored as before: a
     * service that is told of events while their place on chain is recorded goes on listening.
     */
    default void nodeStops() {
        stop();
    }

    /** The job was stored for the first time and has started; not told again at a restart. Must return at once. */
    default void created() {}

    /** The job was deleted and has stopped. Must return at once. */
    default void deleted() {}
}
