package io.carabiner.jobs.webhook;

import io.carabiner.jobs.Job;
import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.JobService;
import io.carabiner.jobs.JobSpecException;
import io.carabiner.jobs.JobType;
import io.carabiner.jobs.NewRun;
import io.carabiner.jobs.RunStarter;
import io.carabiner.jobs.SpecReader;
import io.carabiner.jobs.webhook.WebhookSpec.Named;
import io.carabiner.pipeline.Variables;
import io.carabiner.values.PipelineValue;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The type of jobs that run when somebody calls. Safe for use by many threads. */
public final class WebhookJobs implements JobType<WebhookSpec> {

    /** How long a caller waits for the end of its run; the run goes on. Less than {@code HTTPWriteTimeout}'s 10 s. */
    public static final Duration RUN_PATIENCE = Duration.ofSeconds(9);

    private final ExternalInitiators initiators;
    private final boolean initiatorsEnabled;
    private final InitiatorNotices notices;
    private final Map<UUID, Listening> active = new ConcurrentHashMap<>();

    /**
     * A type without jobs.
     *
     * @param initiatorsEnabled {@code JobPipeline.ExternalInitiatorsEnabled}
     */
    public WebhookJobs(ExternalInitiators initiators, boolean initiatorsEnabled) {
        this.initiators = initiators;
        this.initiatorsEnabled = initiatorsEnabled;
        this.notices = new InitiatorNotices(initiators);
    }

    @Override
    public String name() {
        return WebhookSpec.TYPE;
    }

    @Override
    public Class<WebhookSpec> specClass() {
        return WebhookSpec.class;
    }

    @Override
    public boolean supportsAsync() {
        return true;
    }

    @Override
    public Function<JobHeader, WebhookSpec> read(SpecReader fields) {
        List<Named> named = new WebhookSpecReader(fields).initiators();
        return header -> new WebhookSpec(header, named);
    }

    @Override
    public void probe(WebhookSpec spec) {
        String unknown = spec.initiators().stream()
                .map(Named::name)
                .filter(name -> initiators.find(name).isEmpty())
                .map(name -> "unable to find external initiator named " + name + ": sql: no rows in result set")
                .collect(Collectors.joining("; "));
        if (!unknown.isEmpty()) {
            throw JobSpecException.invalid(unknown);
        }
    }

    @Override
    public JobService service(Job job, WebhookSpec spec, RunStarter runs) {
        return new Listening(job, spec, runs);
    }

    private final class Listening implements JobService {

        private final Job job;
        private final WebhookSpec spec;
        private final RunStarter runs;
        private volatile boolean paused;

        Listening(Job job, WebhookSpec spec, RunStarter runs) {
            this.job = job;
            this.spec = spec;
            this.runs = runs;
        }

        private UUID id() {
            return spec.header().externalJobId();
        }

        @Override
        public void start() {
            active.put(id(), this);
        }

        @Override
        public void pause() {
            paused = true;
            active.put(id(), this);
        }

        @Override
        public void stop() {
            active.remove(id(), this);
        }

        @Override
        public void created() {
            notices.created(spec);
        }

        @Override
        public void changed(JobService replaced) {
            if (replaced instanceof Listening before) {
                notices.changed(before.spec, spec);
            }
        }

        @Override
        public void deleted() {
            notices.deleted(spec);
        }
    }

    /**
     * Runs a job and waits for the end of the run.
     *
     * @param body what the caller sent: the variable {@code jobRun.requestBody}
     * @throws InterruptedException if the thread is told to stop; the run goes on
     */
    public WebhookOutcome run(UUID externalJobId, WebhookCaller caller, String body) throws InterruptedException {
        Optional<Listening> job = Optional.ofNullable(active.get(externalJobId));
        if (caller instanceof WebhookCaller.Initiator(ExternalInitiator initiator)
                && (!initiatorsEnabled
                        || job.filter(known -> known.spec.names(initiator)).isEmpty())) {
            return new WebhookOutcome.NotAllowed(
                    "external initiator " + initiator.name() + " is not allowed to run job " + externalJobId);
        }
        return job.isEmpty() ? new WebhookOutcome.NoSuchJob() : run(job.get(), body);
    }

    private static WebhookOutcome run(Listening listening, String body) throws InterruptedException {
        if (listening.paused) {
            return new WebhookOutcome.Paused(listening.job.id());
        }
        RunStarter runs = listening.runs;
        List<Long> ids = runs.start(List.of(new NewRun(listening.job, variables(listening.job, body))));
        if (ids.isEmpty()) {
            return new WebhookOutcome.NoSuchJob();
        }
        return runs.await(ids.getFirst(), RUN_PATIENCE)
                .<WebhookOutcome>map(WebhookOutcome.Ran::new)
                .orElseGet(WebhookOutcome.LeftNoTrace::new);
    }

    private static Variables variables(Job job, String body) {
        Map<String, PipelineValue> jobRun = new HashMap<>();
        jobRun.put("requestBody", PipelineValue.text(body));
        jobRun.put("meta", PipelineValue.none());
        return new Variables(Map.of(
                "jobSpec",
                PipelineValue.map(Map.of(
                        "databaseID",
                        PipelineValue.int64(job.id()),
                        "externalJobID",
                        PipelineValue.uuid(job.spec().header().externalJobId()),
                        "name",
                        PipelineValue.text(job.nameOrEmpty()))),
                "jobRun",
                PipelineValue.map(jobRun)));
    }

    /** The numbers of the jobs that name an initiator. */
    public List<Integer> naming(String initiator) {
        String name = initiator.toLowerCase(Locale.ROOT);
        return active.values().stream()
                .filter(job -> job.spec.initiators().stream()
                        .anyMatch(named -> named.name().equals(name)))
                .map(job -> job.job.id())
                .sorted()
                .toList();
    }
}
