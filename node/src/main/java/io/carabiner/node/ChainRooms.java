package io.carabiner.node;

import io.carabiner.config.CarabinerConfig;
import io.carabiner.config.EvmConfig;
import io.carabiner.evm.BlockTag;
import io.carabiner.evm.Chain;
import io.carabiner.evm.Chains;
import io.carabiner.evm.EthClient;
import io.carabiner.fluxmonitor.FluxMonitorJobs;
import io.carabiner.guards.GuardSetup;
import io.carabiner.guards.Guards;
import io.carabiner.guards.RequestFacts;
import io.carabiner.jobs.JobsRoom;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.BalanceMonitor;
import io.carabiner.txm.SendGate;
import io.carabiner.txm.TransactionCosts;
import io.carabiner.txm.TransactionListener;
import io.carabiner.txm.Txm;
import io.carabiner.txm.TxmSetup;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Each enabled chain with its transaction manager. Managers come after the jobs that they report to, so they are added
 * in a second step.
 */
final class ChainRooms {

    /** One chain. */
    record ChainRoom(EvmConfig config, Chain chain) {}

    private final Map<ChainId, ChainRoom> chains = new LinkedHashMap<>();
    private final Map<ChainId, Txm> managers = new LinkedHashMap<>();
    private final Map<ChainId, SendGate> gates = new LinkedHashMap<>();

    /** Makes the chains; nothing is connected yet. */
    static ChainRooms open(Foundation foundation, ClosingStack closing) {
        ChainRooms rooms = new ChainRooms();
        for (EvmConfig config : foundation.config().evm()) {
            if (config.enabled()) {
                Chain chain = Chains.open(
                        config,
                        foundation.config().carabiner().rpc(),
                        foundation.database(),
                        foundation.metrics(),
                        foundation.health(),
                        foundation.time());
                rooms.chains.put(config.chainId(), new ChainRoom(config, closing.push("chain " + chain.id(), chain)));
            }
        }
        return rooms;
    }

    /** The chains in the order of the configuration. */
    Map<ChainId, ChainRoom> chains() {
        return chains;
    }

    Optional<Chain> chain(ChainId id) {
        return Optional.ofNullable(chains.get(id)).map(ChainRoom::chain);
    }

    /** The guards of a chain, if any is on. */
    Optional<Guards> guards(ChainId id) {
        return gates.get(id) instanceof Guards guards ? Optional.of(guards) : Optional.empty();
    }

    Optional<Txm> manager(ChainId id) {
        return Optional.ofNullable(managers.get(id));
    }

    /** The managers, once they are started. */
    Map<ChainId, Txm> managers() {
        return managers;
    }

    private static Optional<CarabinerConfig.Chain> own(Foundation foundation, ChainId id) {
        return foundation.config().carabiner().chain(id);
    }

    private static BalanceMonitor balances(ChainRoom room, Foundation foundation) {
        ChainId id = room.chain().id();
        EthClient rpc = room.chain().rpc().forConsumer("balances");
        Optional<Wei> least = own(foundation, id).flatMap(CarabinerConfig.Chain::lowBalance);
        long gas = room.config().gasEstimator().limitDefault();
        return new BalanceMonitor(new BalanceMonitor.Needs(
                id,
                () -> foundation.keystore().eth().enabled(id),
                key -> rpc.balance(key, BlockTag.LATEST),
                key -> least.orElseGet(
                        () -> room.chain().fees().quote(key).ceiling().times(gas)),
                foundation.metrics()));
    }

    /** What was mined has changed a balance. */
    private static TransactionListener noting(BalanceMonitor balances, TransactionListener listener) {
        return (tx, results) -> {
            listener.settled(tx, results);
            tx.afterCommit(balances::changed);
        };
    }

    private static SendGate guards(Chain chain, Foundation foundation, JobsRoom jobs) {
        return Guards.of(new GuardSetup(
                chain.id(),
                own(foundation, chain.id())
                        .map(own -> foundation.config().carabiner().guards().with(own.guards()))
                        .orElse(foundation.config().carabiner().guards()),
                chain.rpc(),
                ids -> requests(jobs, ids),
                TransactionCosts.in(foundation.database()),
                jobs.jobs()::noteError,
                foundation.database(),
                foundation.metrics(),
                foundation.time()));
    }

    private static Map<UUID, RequestFacts.Request> requests(JobsRoom jobs, List<UUID> taskRunIds) {
        Map<UUID, RequestFacts.Request> requests = new HashMap<>();
        jobs.runs()
                .asked(taskRunIds)
                .forEach((task, asked) ->
                        requests.put(task, new RequestFacts.Request(asked.requester(), asked.payment())));
        return requests;
    }

    /** Ties each chain's events and transactions to the jobs, and starts managers first, then chains. */
    void start(Foundation foundation, JobsRoom jobs, FluxMonitorJobs feeds, ClosingStack closing) {
        List<BalanceMonitor> monitors = new ArrayList<>();
        for (ChainRoom room : chains.values()) {
            BalanceMonitor balances =
                    closing.push("balances of chain " + room.chain().id(), balances(room, foundation));
            if (room.config().balanceMonitor().enabled()) {
                monitors.add(balances);
            }
            SendGate gate = guards(room.chain(), foundation, jobs);
            gates.put(room.chain().id(), gate);
            Txm manager = Txm.create(new TxmSetup(
                    room.chain(),
                    room.config(),
                    foundation.keystore().eth(),
                    own(foundation, room.chain().id()).map(CarabinerConfig.Chain::remoteSigner),
                    foundation.database(),
                    noting(balances, jobs.transactionListener()),
                    gate,
                    foundation.metrics(),
                    foundation.health(),
                    foundation.time()));
            managers.put(
                    room.chain().id(),
                    closing.push("transactions of chain " + room.chain().id(), manager));
            room.chain().logs().register(jobs.logSubscriber(room.chain().id()));
            room.chain().logs().register(feeds.logSubscriber(room.chain().id()));
        }
        foundation.keystore().eth().onChange(() -> {
            managers.values().forEach(Txm::keysChanged);
            monitors.forEach(BalanceMonitor::changed);
        });
        managers.values().forEach(Txm::start);
        chains.values().forEach(room -> room.chain().start());
        monitors.forEach(BalanceMonitor::start);
    }
}
