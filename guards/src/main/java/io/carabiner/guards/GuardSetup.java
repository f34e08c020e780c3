package io.carabiner.guards;

import io.carabiner.config.GuardSettings;
import io.carabiner.database.Database;
import io.carabiner.evm.EthClient;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.txm.TransactionCosts;

/**
 * What the guards of one chain are made of.
 *
 * @param rpc for trying transactions out
 * @param requests who asked for a transaction and what is paid for it
 * @param costs what mined transactions did cost
 * @param jobErrors where a refusal is noted for its job
 */
public record GuardSetup(
        ChainId chain,
        GuardSettings settings,
        EthClient rpc,
        RequestFacts requests,
        TransactionCosts costs,
        JobErrors jobErrors,
        Database database,
        Metrics metrics,
        TimeSource time) {}
