package io.carabiner.node;

import io.carabiner.config.EvmConfig;
import io.carabiner.evm.Chain;
import io.carabiner.evm.Chains;
import io.carabiner.fluxmonitor.FluxMonitorJobs;
import io.carabiner.jobs.JobsRoom;
import io.carabiner.primitives.ChainId;
import io.carabiner.txm.SendGate;
import io.carabiner.txm.Txm;
import io.carabiner.txm.TxmSetup;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Each enabled chain with its transaction manager. Managers come after the jobs that they report to, so they are added
 * in a second step.
 */
final class ChainRooms {

    /** One chain. */
    record ChainRoom(EvmConfig config, Chain chain) {}

    private final Map<ChainId, ChainRoom> chains = new LinkedHashMap<>();
    private final Map<ChainId, Txm> managers = new LinkedHashMap<>();

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

    Optional<Txm> manager(ChainId id) {
        return Optional.ofNullable(managers.get(id));
    }

    /** The managers, once they are started. */
    Map<ChainId, Txm> managers() {
        return managers;
    }

    /** Ties each chain's events and transactions to the jobs, and starts managers first, then chains. */
    void start(Foundation foundation, JobsRoom jobs, FluxMonitorJobs feeds, ClosingStack closing) {
        for (ChainRoom room : chains.values()) {
            Txm manager = Txm.create(new TxmSetup(
                    room.chain(),
                    room.config(),
                    foundation.keystore().eth(),
                    foundation.database(),
                    jobs.transactionListener(),
                    SendGate.OPEN,
                    foundation.metrics(),
                    foundation.health(),
                    foundation.time()));
            managers.put(
                    room.chain().id(),
                    closing.push("transactions of chain " + room.chain().id(), manager));
            room.chain().logs().register(jobs.logSubscriber(room.chain().id()));
            room.chain().logs().register(feeds.logSubscriber(room.chain().id()));
        }
        foundation.keystore().eth().onChange(() -> managers.values().forEach(Txm::keysChanged));
        managers.values().forEach(Txm::start);
        chains.values().forEach(room -> room.chain().start());
    }
}
