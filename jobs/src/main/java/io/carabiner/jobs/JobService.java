package io.carabiner.jobs;

/**
 * What makes the runs of one active job.
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
     * Begins in place of a service of the same job that had another spec: what was due and has not been seen yet is
     * still seen once, by one of the two. The other is stopped by this call.
     *
     * @throws RuntimeException if it cannot work on this node at all; the other goes on then
     */
    default void startInPlaceOf(JobService replaced) {
        start();
        replaced.stop();
    }

    /**
     * Stops making runs; those under way go on. May be called twice, also where {@link #start} threw or is under way.
     * Another service of the same job that has begun meanwhile is left alone.
     */
    void stop();

    /**
     * The job makes no runs until it is resumed. Called instead of {@link #start} for a job that is paused already. A
     * service whose events are seen once only goes on storing them.
     */
    default void pause() {
        stop();
    }

    /** The job was paused and makes runs again; the service has started. Must return at once. */
    default void resumed() {}

    /**
     * The node stops, the job stays. What comes in until the chains have stopped too must be stored as before: a
     * service that is told of events while their place on chain is recorded goes on listening.
     */
    default void nodeStops() {
        stop();
    }

    /** The job was stored for the first time and has started; not told again at a restart. Must return at once. */
    default void created() {}

    /** The job has another spec of the same type, and this service has begun with it. Must return at once. */
    default void changed(JobService replaced) {}

    /** The job was deleted and has stopped. Must return at once. */
    default void deleted() {}
}
