package io.carabiner.node;

import io.carabiner.evm.Chain;
import io.carabiner.guards.RequestFacts;
import io.carabiner.jobs.JobTrials;
import io.carabiner.jobs.JobsRoom;
import io.carabiner.jobs.Runs;
import io.carabiner.keystore.EthKey;
import io.carabiner.keystore.EthKeys;
import io.carabiner.pipeline.BridgeStore;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.PipelineSettings;
import io.carabiner.pipeline.TriedTransaction;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.Metrics;
import io.carabiner.txm.Forwarder;
import io.carabiner.txm.Forwarders;
import io.carabiner.txm.SendQuestion;
import java.time.Duration;
import java.util.Optional;

/** Gives dry runs of jobs the node's chains, keys and bridges, and nothing else of the node. */
final class TrialWiring {

    /** How long the tasks of a dry run may take together: somebody waits for it. */
    static final Duration RUN_MAX = Duration.ofSeconds(60);

    /** How many forwarders are looked at. */
    private static final int FORWARDERS_MAX = 1_000;

    private TrialWiring() {}

    static JobTrials of(
            Foundation foundation, ChainRooms chains, BridgeStore bridges, JobsRoom jobs, PipelineSettings settings) {
        EthKeys keys = foundation.keystore().eth();
        Forwarders forwarders = new Forwarders(foundation.database());
        return new JobTrials(
                jobs.jobs(),
                new JobTrials.Needs(
                        () -> new PipelineRunner(
                                bounded(settings),
                                bridges,
                                new PipelineEthereum(chains, foundation.keystore()),
                                foundation.time(),
                                new Metrics()),
                        chain -> keys.enabled(chain).stream()
                                .map(EthKey::address)
                                .toList(),
                        chain -> forwarders.list(0, FORWARDERS_MAX).stream()
                                .filter(forwarder -> forwarder.evmChainId().equals(chain))
                                .map(Forwarder::address)
                                .toList(),
                        chain -> chains.chain(chain).map(Chain::rpc).map(rpc -> rpc.forConsumer("dry-run")),
                        (tried, job, request) -> chains.guards(tried.chainId())
                                .flatMap(guards -> guards.foresee(
                                        question(chains, tried, job, foundation.time()),
                                        request.map(TrialWiring::fact)))));
    }

    /** As the key's owner would ask. */
    private static SendQuestion question(ChainRooms chains, TriedTransaction tried, int job, TimeSource time) {
        Chain chain = chains.chain(tried.chainId()).orElseThrow();
        return new SendQuestion(
                0,
                tried.chainId(),
                tried.from(),
                tried.to(),
                tried.data(),
                Wei.ZERO,
                tried.gasLimit(),
                chain.fees().quote(tried.from()),
                Optional.of("{\"JobID\":" + job + "}"),
                Optional.empty(),
                time.now());
    }

    private static RequestFacts.Request fact(Runs.Asked asked) {
        return new RequestFacts.Request(asked.requester(), asked.payment());
    }

    /** No address for later answers: there is no run that they could come to. */
    private static PipelineSettings bounded(PipelineSettings settings) {
        Duration limit = settings.maxRunDuration();
        return new PipelineSettings(
                limit.isZero() || limit.compareTo(RUN_MAX) > 0 ? RUN_MAX : limit,
                settings.httpDefaultTimeout(),
                settings.httpMaxSizeBytes(),
                Optional.empty(),
                settings.bridgeCacheTtl(),
                settings.outbound());
    }
}
