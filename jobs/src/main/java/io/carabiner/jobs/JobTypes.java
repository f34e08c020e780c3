package io.carabiner.jobs;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** The types of jobs that this node runs, by name. Immutable. */
public final class JobTypes {

    private final Map<String, JobType<?>> byName = new TreeMap<>();

    /**
     * The types.
     *
     * @throws IllegalArgumentException if two have one name
     */
    public JobTypes(Collection<? extends JobType<?>> types) {
        for (JobType<?> type : types) {
            if (byName.put(type.name(), type) != null) {
                throw new IllegalArgumentException("two job types are called " + type.name());
            }
        }
    }

    Optional<JobType<?>> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    Set<String> names() {
        return byName.keySet();
    }

    List<SpecFault> faults(JobSpec spec) {
        return faults(of(spec), spec);
    }

    private static <S extends JobSpec> List<SpecFault> faults(JobType<S> type, JobSpec spec) {
        return type.faults(type.specClass().cast(spec));
    }

    void probe(JobSpec spec) throws InterruptedException {
        probe(of(spec), spec);
    }

    private static <S extends JobSpec> void probe(JobType<S> type, JobSpec spec) throws InterruptedException {
        type.probe(type.specClass().cast(spec));
    }

    JobService service(Job job, RunStarter runs) {
        return service(of(job.spec()), job, runs);
    }

    private static <S extends JobSpec> JobService service(JobType<S> type, Job job, RunStarter runs) {
        return type.service(job, type.specClass().cast(job.spec()), runs);
    }

    private JobType<?> of(JobSpec spec) {
        return find(spec.type()).orElseThrow(() -> new IllegalStateException("no such job type: " + spec.type()));
    }
}
