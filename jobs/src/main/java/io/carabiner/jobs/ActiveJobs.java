package io.carabiner.jobs;

import io.carabiner.primitives.ChainId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs that run in this process, with their specs read. Thread-safe. */
final class ActiveJobs {

    private final Map<Integer, Job> byId = new ConcurrentHashMap<>();

    void add(Job job) {
        byId.put(job.id(), job);
    }

    void remove(int id) {
        byId.remove(id);
    }

    Optional<Job> find(int id) {
        return Optional.ofNullable(byId.get(id));
    }

    Collection<Job> all() {
        return List.copyOf(byId.values());
    }

    /** The direct-request jobs of a chain. */
    List<Job> directRequests(ChainId chain) {
        return byId.values().stream()
                .filter(job -> job.spec() instanceof DirectRequestSpec spec
                        && spec.evmChainId().equals(chain))
                .toList();
    }
}
