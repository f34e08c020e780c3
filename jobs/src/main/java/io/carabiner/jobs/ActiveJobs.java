package io.carabiner.jobs;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The jobs that run in this process, with their services. Thread-safe: a job that is removed while it starts ends up
 * stopped.
 */
final class ActiveJobs {

    private record Active(Job job, JobService service, AtomicBoolean stopped) {

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
        Active active = new Active(job, service, new AtomicBoolean());
        byId.put(job.id(), active);
        service.start();
        if (active.stopped().get()) {
            service.stop();
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
