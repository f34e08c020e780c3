package io.carabiner.pipeline;

import io.carabiner.pipeline.EthereumAccess.CallBlock;
import io.carabiner.pipeline.EthereumAccess.CallOutcome;
import io.carabiner.pipeline.EthereumAccess.EstimateOutcome;
import io.carabiner.pipeline.TriedTransaction.Verdict;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.values.PipelineValue;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;

/** Tries a transaction out at the newest block, from the key and with the gas it would be sent with. */
record TransactionTrial(EthereumAccess ethereum, Function<ChainId, List<Address>> sendingKeys) {

    /** How long an endpoint may take for one call. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(15);

    TriedTransaction of(TransactionIntent intent) throws InterruptedException {
        Optional<Address> from = sendingKeys.apply(intent.chainId()).stream()
                .filter(key -> intent.fromCandidates().isEmpty()
                        || intent.fromCandidates().contains(key))
                .findFirst();
        Optional<EthereumAccess.ChainAccess> chain = ethereum.chain(intent.chainId());
        Verdict verdict = from.isPresent() && chain.isPresent()
                ? verdict(intent, from.get(), chain.get())
                : new Verdict.Fails("no key of chain " + intent.chainId() + " may send it");
        return new TriedTransaction(
                intent.chainId(), from.orElse(Address.ZERO), intent.to(), intent.data(), intent.gasLimit(), verdict);
    }

    private static Verdict verdict(TransactionIntent intent, Address from, EthereumAccess.ChainAccess chain)
            throws InterruptedException {
        return switch (chain.call(call(intent, from, OptionalLong.of(intent.gasLimit())), CALL_TIMEOUT)) {
            case CallOutcome.Failed(String message, Optional<String> rpcError) ->
                new Verdict.Fails(RevertReason.of(message, rpcError));
            case CallOutcome.Returned(Bytes returned) ->
                estimated(chain.estimateGas(call(intent, from, OptionalLong.empty()), CALL_TIMEOUT), returned);
        };
    }

    private static Verdict estimated(EstimateOutcome estimate, Bytes returned) {
        return switch (estimate) {
            case EstimateOutcome.Estimated(long gas) -> new Verdict.Succeeds(gas, returned);
            case EstimateOutcome.Failed(String message) -> new Verdict.Fails("no gas estimate: " + message);
        };
    }

    private static EthereumAccess.Call call(TransactionIntent intent, Address from, OptionalLong gas) {
        return new EthereumAccess.Call(
                from,
                intent.to(),
                intent.data(),
                gas,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                CallBlock.LATEST);
    }

    /** The task run with what its transaction would come to; any other one as it is. */
    static TaskRun settle(TaskRun run, Map<UUID, TriedTransaction> tried, Instant now) {
        TriedTransaction transaction = tried.get(run.id());
        if (transaction == null) {
            return run;
        }
        return switch (transaction.verdict()) {
            case Verdict.Succeeds ignored -> run.settled(new TaskResult.Success(PipelineValue.none()), now);
            case Verdict.Fails(String reason) ->
                run.settled(new TaskResult.Failure("the transaction would fail: " + reason), now);
        };
    }
}
