package io.carabiner.simulation;

import io.carabiner.database.SimulatedJournal;
import io.carabiner.database.SimulatedTable;
import io.carabiner.evm.LogBatch;
import io.carabiner.evm.LogEntry;
import io.carabiner.jobs.SimulatedJob;
import io.carabiner.jobs.SimulatedJob.Decision;
import io.carabiner.primitives.Hash32;
import io.carabiner.txm.TransactionResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** The tables of requests and runs, with what the real tables' statements do. */
final class JobRows {

    enum RequestState {
        WAITING,
        REJECTED,
        STARTED,
        CANCELLED,
        VANISHED
    }

    /** A request; see {@code jobs.RequestStore}. */
    record Request(
            Hash32 id,
            RequestState state,
            LogEntry log,
            boolean onChain,
            long ripeAt,
            OptionalLong cancelledAt,
            OptionalLong run) {

        Request in(RequestState next) {
            return new Request(id, next, log, onChain, ripeAt, cancelledAt, run);
        }

        boolean isAtOrAfter(long block) {
            return log.blockNumber() >= block;
        }

        @Override
        public String toString() {
            return state + (onChain ? " in block " : " once in block ") + log.blockNumber() + ", ripe at " + ripeAt
                    + ", cancelled at " + cancelledAt;
        }
    }

    enum RunState {
        RUNNING,
        SUSPENDED,
        COMPLETED,
        ERRORED
    }

    /** A run of a request; see {@code jobs.RunStore}. */
    record Run(long id, Hash32 request, RunState state, UUID task) {

        Run in(RunState next) {
            return new Run(id, request, next, task);
        }

        @Override
        public String toString() {
            return "run " + id + " " + state;
        }

        boolean over() {
            return state == RunState.COMPLETED || state == RunState.ERRORED;
        }
    }

    private final SimulatedTable<Hash32, Request> requests;
    private final SimulatedTable<Long, Run> runs;
    private final SimulatedJob job;
    private long nextRun = 1;

    JobRows(SimulatedJournal journal, SimulatedJob job) {
        this.requests = new SimulatedTable<>(journal);
        this.runs = new SimulatedTable<>(journal);
        this.job = job;
    }

    Collection<Request> requests() {
        return requests.all();
    }

    Optional<Request> request(Hash32 id) {
        return requests.find(id);
    }

    Collection<Run> runs() {
        return runs.all();
    }

    Run run(long id) {
        return runs.get(id);
    }

    /** Stores a batch in the open transaction; answers the runs that were made. */
    List<Long> store(LogBatch batch) {
        batch.reorgedFrom().ifPresent(this::voidFrom);
        List<Decision> decisions =
                batch.logs().stream().map(log -> job.decide(log, batch)).toList();
        for (Decision decision : decisions) {
            switch (decision) {
                case Decision.Accept accept ->
                    upsert(accept.requestId(), RequestState.WAITING, accept.log(), accept.ripeAtBlock());
                case Decision.Reject reject -> upsert(reject.requestId(), RequestState.REJECTED, reject.log(), 0);
                case Decision.Cancel _ -> {}
                case Decision.Ignore() -> {}
            }
        }
        decisions.forEach(decision -> {
            if (decision instanceof Decision.Cancel cancel) {
                requests.find(cancel.requestId()).ifPresent(request -> cancel(request, cancel.log()));
            }
        });
        return startRipe(batch.toBlock());
    }

    private void put(Request request) {
        requests.put(request.id(), request);
    }

    private void voidFrom(long block) {
        for (Request request : List.copyOf(requests.all())) {
            boolean cancelGone = request.cancelledAt().isPresent()
                    && request.cancelledAt().getAsLong() >= block
                    && request.state() == RequestState.CANCELLED;
            if (request.isAtOrAfter(block) || cancelGone) {
                put(voided(request, block));
            }
        }
    }

    private Request voided(Request request, long block) {
        boolean gone = request.isAtOrAfter(block);
        RequestState state = request.state();
        boolean failed = state == RequestState.STARTED
                && runs.get(request.run().orElseThrow()).state() == RunState.ERRORED;
        if (gone && (state != RequestState.STARTED || failed)) {
            state = RequestState.VANISHED;
        } else if (!gone && state == RequestState.CANCELLED) {
            state = RequestState.WAITING;
        }
        boolean cancelStands = request.cancelledAt().orElse(block) < block;
        return new Request(
                request.id(),
                state,
                request.log(),
                !gone,
                request.ripeAt(),
                cancelStands ? request.cancelledAt() : OptionalLong.empty(),
                request.run());
    }

    private void upsert(Hash32 id, RequestState state, LogEntry log, long ripeAt) {
        Optional<Request> known = requests.find(id);
        boolean afresh = known.isEmpty() || known.get().state() == RequestState.VANISHED;
        put(new Request(
                id,
                afresh ? state : known.get().state(),
                log,
                true,
                afresh ? ripeAt : known.get().ripeAt(),
                known.map(Request::cancelledAt).orElse(OptionalLong.empty()),
                known.map(Request::run).orElse(OptionalLong.empty())));
    }

    private void cancel(Request request, LogEntry log) {
        boolean running = request.state() == RequestState.STARTED
                && request.run().isPresent()
                && runs.get(request.run().getAsLong()).state() == RunState.RUNNING;
        if (request.state() == RequestState.WAITING || running) {
            put(new Request(
                    request.id(),
                    RequestState.CANCELLED,
                    request.log(),
                    request.onChain(),
                    request.ripeAt(),
                    OptionalLong.of(log.blockNumber()),
                    request.run()));
        }
    }

    private List<Long> startRipe(long block) {
        List<Long> made = new ArrayList<>();
        requests.all().stream()
                .filter(request -> request.state() == RequestState.WAITING && request.ripeAt() <= block)
                .sorted(Comparator.comparingLong(Request::ripeAt).thenComparing(Request::id))
                .toList()
                .forEach(request -> {
                    Run run = new Run(nextRun++, request.id(), RunState.RUNNING, new UUID(0, nextRun));
                    runs.put(run.id(), run);
                    put(new Request(
                            request.id(),
                            RequestState.STARTED,
                            request.log(),
                            request.onChain(),
                            request.ripeAt(),
                            request.cancelledAt(),
                            OptionalLong.of(run.id())));
                    made.add(run.id());
                });
        return made;
    }

    /** Why a run must not send anything; empty if it may. See {@code jobs.RunStore.lockUnfinished}. */
    Optional<String> obstacle(Run run) {
        Request request = requests.get(run.request());
        if (request.state() == RequestState.CANCELLED) {
            return Optional.of("the request was cancelled by its requester");
        }
        if (request.run().orElse(0) != run.id()) {
            return Optional.of("the request has another run");
        }
        return request.state() != RequestState.STARTED || !request.onChain()
                ? Optional.of("the request is not on the chain any more (reorg)")
                : Optional.empty();
    }

    /** Stores where runs stand; a run that failed while its request is off the chain releases it. */
    void update(Run run) {
        runs.put(run.id(), run);
        Request request = requests.get(run.request());
        if (run.state() == RunState.ERRORED
                && request.run().orElse(0) == run.id()
                && request.state() == RequestState.STARTED
                && !request.onChain()) {
            put(request.in(RequestState.VANISHED));
        }
    }

    /** Ends the runs that wait for these transactions. */
    void settled(List<TransactionResult> results) {
        for (TransactionResult result : results) {
            UUID task = result.pipelineTaskRunId().orElseThrow();
            List.copyOf(runs.all()).stream()
                    .filter(run -> run.task().equals(task) && run.state() == RunState.SUSPENDED)
                    .forEach(run -> {
                        Run ended = run.in(stateOf(job.settled(run.id(), task, result)));
                        update(ended);
                        if (ended.state() == RunState.ERRORED) {
                            result.revertedIn().ifPresent(block -> releaseOvertaken(ended, block));
                        }
                    });
        }
    }

    /** See {@code jobs.RunStore.releaseOvertaken}. */
    private void releaseOvertaken(Run run, long block) {
        Request request = requests.get(run.request());
        if (request.run().orElse(0) == run.id()
                && request.state() == RequestState.STARTED
                && (!request.onChain() || request.isAtOrAfter(block))) {
            put(request.in(request.onChain() ? RequestState.WAITING : RequestState.VANISHED));
        }
    }

    /** What was told before has not happened. See {@code jobs.RunResumer.overturned}. */
    void overturned(List<TransactionResult> results) {
        for (TransactionResult result : results) {
            UUID task = result.pipelineTaskRunId().orElseThrow();
            List.copyOf(runs.all()).stream()
                    .filter(run -> run.task().equals(task))
                    .forEach(run -> {
                        boolean believed = run.state() == RunState.COMPLETED;
                        if (believed) {
                            update(run.in(RunState.ERRORED));
                        }
                        if (believed || result.revertedIn().isPresent()) {
                            releaseOvertaken(
                                    runs.get(run.id()), result.revertedIn().orElse(0));
                        }
                    });
        }
    }

    private static RunState stateOf(String word) {
        return switch (word) {
            case "completed" -> RunState.COMPLETED;
            case "errored" -> RunState.ERRORED;
            default -> throw new IllegalStateException("a run of one task cannot be " + word);
        };
    }
}
