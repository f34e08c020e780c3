package io.carabiner.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The jobs that run in this process, with their services; those that are paused are among them. Thread-safe: a job that
 * is removed while it starts ends up stopped.
 */
final class ActiveJobs {

    private record Active(Job job, JobService service, AtomicBoolean stopped) {

        static Active of(Job job, JobService service) {
            return new Active(job, service, new AtomicBoolean());
        }

        /** Stops the service, once. */
        void stop() {
            if (stopped.compareAndSet(false, true)) {
                service.stop();
            }
        }
    }

    private final Map<Integer, Active> byId = new ConcurrentHashMap<>();

    /** Puts a job on the list and starts its service; what that throws passes through and the job stays listed. */
    void start(Job job, JobService service) {
        Active active = Active.of(job, service);
        byId.put(job.id(), active);
        if (job.paused()) {
            service.pause();
        } else {
            service.start();
        }
        if (active.stopped().get()) {
            service.stop();
        }
    }

    /**
     * Lets a service take the place of its job's present one. What it throws passes through; all is as before then.
     *
     * @return the service that was replaced; empty if there was none
     */
    Optional<JobService> replace(Job job, JobService service) {
        Active old = byId.get(job.id());
        if (old == null) {
            start(job, service);
            return Optional.empty();
        }
        Active active = Active.of(job, service);
        if (job.paused()) {
            service.pause();
            old.stop();
        } else {
            service.startInPlaceOf(old.service());
        }
        if (byId.replace(job.id(), old, active)) {
            old.stopped().set(true);
        } else {
            service.stop();
        }
        return Optional.of(old.service());
    }

    /** The job makes no runs any more and stays on the list. */
    void pause(Job job) {
        Active paused = byId.computeIfPresent(job.id(), (id, old) -> new Active(job, old.service(), old.stopped()));
        if (paused != null) {
            paused.service().pause();
        }
    }

    /** Stops a job and takes it off the list. */
    void remove(int id, Consumer<JobService> then) {
        Active active = byId.remove(id);
        if (active != null) {
            active.stop();
            then.accept(active.service());
        }
    }

    /** The node stops; the jobs stay known, for the runs that are under way. */
    void nodeStops() {
        List.copyOf(byId.values()).forEach(active -> active.service().nodeStops());
    }

    Optional<Job> find(int id) {
        return Optional.ofNullable(byId.get(id)).map(Active::job);
    }
}
