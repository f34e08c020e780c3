package io.carabiner.devnet;

import io.carabiner.devnet.DevnetContracts.AskedRequest;
import io.carabiner.devnet.DevnetContracts.Question;
import io.carabiner.devnet.NodeApi.NewestRun;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Juels;
import io.carabiner.primitives.TimeSource;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Sends requests from the consumer and waits for their answers.
 *
 * @param nodeLog named where an answer does not come
 */
record Requests(DevnetContracts contracts, NodeApi api, UUID externalJobId, Path nodeLog, TimeSource time) {

    /** What a request pays: 0.1 LINK. */
    static final Juels PAYMENT = new Juels(BigInteger.TEN.pow(17));

    /** What the consumer gets whenever it cannot pay: 100 LINK. */
    private static final Juels REFILL = new Juels(BigInteger.TEN.pow(20));

    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final Duration LOOK_FOR_FAULTS_EVERY = Duration.ofSeconds(1);

    /** An answer that stands in the consumer. */
    record Answered(AskedRequest request, BigInteger value, Hash32 transaction, Duration took) {}

    /** Fills the consumer's purse where it is empty. */
    void fillPurse() {
        Address consumer = contracts.deployment().consumer();
        if (contracts.link(consumer).compareTo(PAYMENT) < 0) {
            contracts.giveLink(consumer, REFILL);
        }
    }

    /** Asks and waits until the answer stands in the consumer. */
    Answered ask(Question question) {
        fillPurse();
        long newestRun = api.newestRun().map(NewestRun::id).orElse(0L);
        long start = time.monotonicNanos();
        AskedRequest request = contracts.ask(externalJobId, PAYMENT, question);
        BigInteger value = await(request, newestRun, start);
        Duration took = Duration.ofNanos(time.monotonicNanos() - start);
        Hash32 transaction = contracts
                .answeringTransaction(request.requestId())
                .orElseThrow(() -> new IllegalStateException("an answer without a transaction: " + request));
        return new Answered(request, value, transaction, took);
    }

    private BigInteger await(AskedRequest request, long runBefore, long start) {
        long lookForFaults = start + LOOK_FOR_FAULTS_EVERY.toNanos();
        while (time.monotonicNanos() - start < ANSWER_WITHIN.toNanos()) {
            Optional<BigInteger> answer = contracts.answer(request.requestId());
            if (answer.isPresent()) {
                return answer.get();
            }
            if (time.monotonicNanos() > lookForFaults) {
                refuseFault(runBefore);
                lookForFaults = time.monotonicNanos() + LOOK_FOR_FAULTS_EVERY.toNanos();
            }
            Waiting.pause(time, LOOK_EVERY);
        }
        throw new DevnetException(
                "NO_ANSWER",
                "No answer to request " + request.requestId() + " after " + ANSWER_WITHIN.toSeconds()
                        + " seconds: see the node's log " + nodeLog + ".");
    }

    private void refuseFault(long runBefore) {
        api.newestRun()
                .filter(run -> run.id() > runBefore)
                .flatMap(NewestRun::fault)
                .ifPresent(fault -> {
                    throw new DevnetException(
                            "RUN_FAILED", "The node's run failed: " + fault + " (its log: " + nodeLog + ").");
                });
    }
}
