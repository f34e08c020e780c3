package io.carabiner.txm;

import io.carabiner.config.CarabinerConfig;
import io.carabiner.config.EvmConfig;
import io.carabiner.database.Database;
import io.carabiner.evm.Chain;
import io.carabiner.keystore.EthKeys;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.Metrics;
import java.util.Optional;

/**
 * What the manager of one chain is made of.
 *
 * @param chain started and closed by its owner, not by the manager
 * @param config of the same chain
 * @param listener told inside the write transaction when a task's transaction has ended
 * @param remoteSigner who signs for some of the keys in place of this node
 * @param gate asked before a queued transaction gets its nonce; {@link SendGate#OPEN} lets everything pass
 */
public record TxmSetup(
        Chain chain,
        EvmConfig config,
        EthKeys keys,
        Optional<CarabinerConfig.RemoteSigner> remoteSigner,
        Database database,
        TransactionListener listener,
        SendGate gate,
        Metrics metrics,
        HealthChecks health,
        TimeSource time) {

    /** Without a remote signer. */
    public TxmSetup(
            Chain chain,
            EvmConfig config,
            EthKeys keys,
            Database database,
            TransactionListener listener,
            SendGate gate,
            Metrics metrics,
            HealthChecks health,
            TimeSource time) {
        this(chain, config, keys, Optional.empty(), database, listener, gate, metrics, health, time);
    }
}
