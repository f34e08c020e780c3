package io.carabiner.web;

import io.carabiner.audit.AuditTrail;
import io.carabiner.config.ApiGeneration;
import io.carabiner.config.ConfigPrinter.ChainText;
import io.carabiner.database.Database;
import io.carabiner.evm.Chain;
import io.carabiner.evm.EthClient;
import io.carabiner.evm.LogIntake;
import io.carabiner.jobs.webhook.ExternalInitiators;
import io.carabiner.keystore.Keystore;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.EndpointReport;
import io.carabiner.rpc.RpcUsage;
import io.carabiner.telemetry.HealthChecks;
import io.carabiner.telemetry.Logging;
import io.carabiner.telemetry.Metrics;
import io.carabiner.txm.TransactionHistory;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What the API shows and steers. Everything in it must be safe for use by many threads.
 *
 * @param database holds users and sessions
 * @param audit takes every change
 */
public record WebServices(
        Database database,
        TimeSource time,
        Accounts accounts,
        AuditTrail audit,
        Telemetry telemetry,
        About about,
        Oracle oracle) {

    /** What the node says about itself. */
    public record Telemetry(Metrics metrics, HealthChecks health, Logging logging) {}

    /**
     * What the node is.
     *
     * @param version for example {@code 0.1.0}
     * @param commit all 40 digits, or {@code unset}
     * @param effectiveConfig every key with its value, as TOML
     * @param userConfig what the operator set, as TOML
     * @param chains the chains that are switched on, as they are configured
     * @param generation whose names are used where the versions of the Go node differ
     * @param csaKeys whether pages for people shall show CSA keys: {@code Feature.UICSAKeys}
     * @param discoveryHost the name of this machine for a Prometheus that discovers its targets
     */
    public record About(
            String version,
            String commit,
            String effectiveConfig,
            String userConfig,
            List<ChainText> chains,
            ApiGeneration generation,
            boolean csaKeys,
            String discoveryHost) {

        /** Copies the list. */
        public About {
            chains = List.copyOf(chains);
        }
    }

    /** What the node does. */
    public record Oracle(
            Keystore keystore,
            List<ChainAccess> chains,
            TransactionHistory transactions,
            BridgeCatalogue bridges,
            JobCatalogue jobs,
            RunCatalogue runs,
            SendingRooms sending,
            Webhooks webhooks) {

        /** Copies the list. */
        public Oracle {
            chains = List.copyOf(chains);
        }
    }

    /**
     * A chain that is switched on.
     *
     * @param rpcStatus how its endpoints do
     * @param logs what was read of it
     * @param linkContract where LINK is, if that is known
     * @param priceMax the most that a key may pay for gas
     */
    public record ChainAccess(
            ChainId id,
            EthClient rpc,
            RpcStatus rpcStatus,
            LogIntake logs,
            Optional<Address> linkContract,
            Function<Address, Wei> priceMax) {

        /** As the chain and its configuration say. */
        public ChainAccess(Chain chain) {
            this(
                    chain.id(),
                    chain.rpc().forConsumer("balances"),
                    new RpcStatus(chain.pool()::endpoints, chain.pool()::usage),
                    chain.logs(),
                    chain.config().linkContractAddress(),
                    chain.config()::priceMax);
        }
    }

    /** What is shown of a chain's endpoints. */
    public record RpcStatus(Supplier<List<EndpointReport>> endpointReports, Supplier<RpcUsage> usageReport) {

        List<EndpointReport> endpoints() {
            return endpointReports.get();
        }

        RpcUsage usage() {
            return usageReport.get();
        }
    }

    /**
     * Webhook jobs and who may start them.
     *
     * @param initiatorsEnabled {@code JobPipeline.ExternalInitiatorsEnabled}
     */
    public record Webhooks(boolean initiatorsEnabled, ExternalInitiators initiators, WebhookCatalogue jobs) {}
}
