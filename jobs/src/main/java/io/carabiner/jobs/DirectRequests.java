package io.carabiner.jobs;

import io.carabiner.database.Database;
import io.carabiner.database.WriteTransaction;
import io.carabiner.evm.LogBatch;
import io.carabiner.evm.LogEntry;
import io.carabiner.evm.LogFilter;
import io.carabiner.evm.LogSubscriber;
import io.carabiner.jobs.RequestDecision.Cancel;
import io.carabiner.jobs.RequestDecision.Reject;
import io.carabiner.jobs.RequestDecision.Unreadable;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.telemetry.JobMessages;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The direct requests of one chain: stores what the chain asks in the transaction that advances the log cursor, and
 * makes runs of requests that have their confirmations.
 *
 * <p>A request's identity is (chain, contract, request id): a reorg moves it and never copies it.
 */
final class DirectRequests implements LogSubscriber {

    private static final List<String> ROOTS = List.of("blockReceiptsRoot", "blockTransactionsRoot", "blockStateRoot");

    private static final long NONE_YET = -1;

    private final Database database;
    private final DirectRequestChain chain;
    private final DirectRequestType jobs;
    private final RunExecutor executor;
    private final JobMessages messages = new JobMessages();

    /** The newest block whose events are stored, as far as this process knows. */
    private volatile long reached = NONE_YET;

    DirectRequests(Database database, DirectRequestChain chain, DirectRequestType jobs, RunExecutor executor) {
        this.database = database;
        this.chain = chain;
        this.jobs = jobs;
        this.executor = executor;
        jobs.heardBy(chain.chainId(), this);
    }

    /** Cancellations name no job, so the second topic is open and requests for others are left out on arrival. */
    @Override
    public LogFilter filter() {
        Set<Address> contracts = new HashSet<>();
        for (Job job : jobs.on(chain.chainId())) {
            if (job.spec() instanceof DirectRequestSpec spec) {
                contracts.add(spec.contractAddress());
            }
        }
        return LogFilter.of(contracts, Set.of(OracleLog.REQUEST, OracleLog.CANCEL));
    }

    /** Only for jobs that use the roots of the request's block. */
    @Override
    public boolean needsHeaders() {
        return jobs.on(chain.chainId()).stream().anyMatch(job -> ROOTS.stream().anyMatch(job.toml()::contains));
    }

    @Override
    public void store(WriteTransaction transaction, LogBatch batch) {
        batch.reorgedFrom().ifPresent(block -> RequestStore.voidFrom(transaction, chain.chainId(), block));
        List<RequestDecision> decisions = decisions(batch);
        List<Unreadable> unreadable = only(decisions, Unreadable.class);
        RequestStore.upsert(transaction, chain.chainId(), decisions);
        RequestStore.insertUnreadable(transaction, chain.chainId(), unreadable);
        RequestStore.cancel(transaction, chain.chainId(), only(decisions, Cancel.class));
        for (Unreadable log : unreadable) {
            JobStore.recordError(transaction, log.jobId(), "unreadable OracleRequest: " + log.reason());
        }
        List<StoredRun> ripe = RequestStore.startRipe(transaction, chain.chainId(), batch.toBlock());
        transaction.afterCommit(() -> afterStored(decisions, ripe));
    }

    /** Makes runs of what waits and has its confirmations, without waiting for a block. */
    void startRipe() {
        if (reached != NONE_YET) {
            database.execute(tx -> {
                List<StoredRun> ripe = RequestStore.startRipe(tx, chain.chainId(), reached);
                tx.afterCommit(() -> executor.submitAll(ripe));
            });
        }
    }

    private List<RequestDecision> decisions(LogBatch batch) {
        Map<Hash32, Job> byTopic = RequestDecision.byTopic(jobs.on(chain.chainId()));
        List<RequestDecision> decisions = new ArrayList<>();
        for (LogEntry log : batch.logs()) {
            decisions.add(RequestDecision.decide(log, batch, byTopic, chain));
        }
        return decisions;
    }

    private static <T extends RequestDecision> List<T> only(List<RequestDecision> decisions, Class<T> kind) {
        return decisions.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void afterStored(List<RequestDecision> decisions, List<StoredRun> ripe) {
        for (Reject reject : only(decisions, Reject.class)) {
            messages.requestRejected(reject.jobId(), reject.requestId().toString(), reject.reason());
        }
        for (Unreadable log : only(decisions, Unreadable.class)) {
            messages.requestUnreadable(log.jobId(), log.log().transactionHash().toString(), log.reason());
        }
        executor.submitAll(ripe);
        executor.fetchLeftBehind();
    }

    @Override
    public void committed(LogBatch batch) {
        reached = batch.toBlock();
    }
}
