package io.carabiner.fluxmonitor;

import io.carabiner.evm.BlockTag;
import io.carabiner.evm.CallRequest;
import io.carabiner.evm.EthClient;
import io.carabiner.fluxmonitor.Submissions.Place;
import io.carabiner.fluxmonitor.Submissions.Submission;
import io.carabiner.jobs.NewRun;
import io.carabiner.jobs.RunStarter;
import io.carabiner.keystore.EthKeys;
import io.carabiner.pipeline.RunOutcome;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.TimeSource;
import io.carabiner.rpc.RpcErrorException;
import io.carabiner.txm.SendingOptions;
import io.carabiner.txm.TransactionRequest;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What one monitor works with.
 *
 * @param contract the feed's address
 * @param flags empty if the chain has no flags contract
 * @param minContractPayment the chain's, in juels
 * @param gasLimit of submissions of jobs that set none
 * @param sending how submissions are sent
 * @param simulates whether a submission is tried by a call before it is stored
 */
record Surroundings(
        Address contract,
        EthClient rpc,
        Optional<FlagsContract> flags,
        BigInteger minContractPayment,
        long gasLimit,
        boolean simulates,
        SendingOptions sending,
        Submissions submissions,
        EthKeys keys,
        FeedMetrics metrics,
        TimeSource time) {

    FeedContract feed() {
        return new FeedContract(rpc, contract);
    }

    /** Stores a submission from the place's oracle, whatever other keys the node has: the contract takes no other's. */
    Event submit(
            Place place, NewRun run, RunOutcome outcome, BigInteger value, OptionalLong ownGasLimit, RunStarter runs) {
        Bytes data = FeedContract.submission(place.roundId(), value);
        if (simulates) {
            try {
                rpc.call(
                        new CallRequest(
                                Optional.of(place.oracle()), contract, data, Optional.empty(), OptionalLong.empty()),
                        BlockTag.LATEST);
            } catch (RpcErrorException e) {
                return new Event.NotSubmitted("the simulated submission failed: " + e.words());
            }
        }
        TransactionRequest transaction = TransactionRequest.call(contract, data, ownGasLimit.orElse(gasLimit))
                .withFrom(List.of(place.oracle()))
                .withOptions(sending);
        return submissions.submit(place, new Submission(run, outcome, transaction), runs);
    }
}
