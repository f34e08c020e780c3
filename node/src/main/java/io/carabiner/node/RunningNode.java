package io.carabiner.node;

import io.carabiner.audit.AuditForwarder;
import io.carabiner.audit.AuditTrail;
import io.carabiner.backup.PeriodicBackup;
import io.carabiner.cli.BuildInfo;
import io.carabiner.config.BackupMode;
import io.carabiner.config.ConfigLoader;
import io.carabiner.config.ConfigPrinter;
import io.carabiner.config.JobPipelineConfig;
import io.carabiner.config.NodeConfig;
import io.carabiner.evm.Chain;
import io.carabiner.jobs.DirectRequestChain;
import io.carabiner.jobs.JobTrials;
import io.carabiner.jobs.JobsRoom;
import io.carabiner.jobs.RunRetention;
import io.carabiner.outbound.OutboundSettings;
import io.carabiner.pipeline.BridgeStore;
import io.carabiner.pipeline.BridgeWatch;
import io.carabiner.pipeline.PipelineRunner;
import io.carabiner.pipeline.PipelineSettings;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.NodeMessages;
import io.carabiner.txm.Forwarders;
import io.carabiner.txm.TransactionHistory;
import io.carabiner.web.Accounts;
import io.carabiner.web.ApiCredentials;
import io.carabiner.web.BridgeCatalogue;
import io.carabiner.web.JobCatalogue;
import io.carabiner.web.RunCatalogue;
import io.carabiner.web.SendingRooms;
import io.carabiner.web.ServerCertificate;
import io.carabiner.web.WebServer;
import io.carabiner.web.WebServices;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A node that runs: every room opened in the order in which it needs the others, and closed in reverse.
 *
 * <p>The order is the Go node's (2.15, core/cmd/shell_local.go): configuration, log, database with its lease and
 * migrations, API user, keys, jobs, chains, and last the HTTP port, which says that all is there. Only the API user
 * comes before the keys, so that refused credentials leave none.
 */
final class RunningNode implements AutoCloseable {

    private final NodeConfig config;
    private final WebServer web;
    private final ClosingStack closing;
    private final NodeMessages messages;

    private RunningNode(NodeConfig config, WebServer web, ClosingStack closing, NodeMessages messages) {
        this.config = config;
        this.web = web;
        this.closing = closing;
        this.messages = messages;
    }

    /**
     * Starts a node; answers when its HTTP port is open. What was started is closed again if the start fails.
     *
     * @param leaseLost told the reason when another node has taken over the database: this one must end
     * @throws io.carabiner.primitives.FaultException with what the operator can do
     * @throws InterruptedException if the thread is told to stop while it waits for the database or its lease
     */
    static RunningNode start(StartOptions options, BuildInfo build, Consumer<String> leaseLost)
            throws InterruptedException {
        TimeSource time = TimeSource.system();
        long startNanos = time.monotonicNanos();
        NodeConfig config = ConfigLoader.load(options.sources());
        Optional<ApiCredentials> firstUser = options.apiFile().map(ApiCredentials::read);
        OutboundSettings outbound =
                OutboundWiring.settings(config, options.sources().env());
        Foundation.makeRootDir(config.rootDir());
        Foundation.Voice voice = Foundation.Voice.of(config, options, build, time);
        NodeMessages messages = new NodeMessages();
        messages.starting(build.version(), build.commit());
        config.legacyNotes().ifPresent(messages::legacyEnvironment);
        if (!config.inertKeysSet().isEmpty()) {
            messages.inertKeys(config.inertKeysSet());
        }
        ClosingStack closing = new ClosingStack(messages);
        try {
            TablesAtStart tables = TablesAtStart.of(config, options.sources().env(), build, time);
            Foundation foundation = Foundation.open(config, voice, time, closing, leaseLost, tables);
            tables.claim(foundation.database());
            if (tables.backups().mode() != BackupMode.NONE) {
                PeriodicBackup backups = closing.push("backups", PeriodicBackup.start(tables.backups(), time));
                foundation.health().register("DatabaseBackup", backups::health);
            }
            WebServer web = compose(
                    foundation, Identity.of(build, options.sources().env()), firstUser, outbound, closing, messages);
            messages.booted(Duration.ofNanos(time.monotonicNanos() - startNanos));
            return new RunningNode(config, web, closing, messages);
        } catch (InterruptedException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    private static WebServer compose(
            Foundation foundation,
            Identity identity,
            Optional<ApiCredentials> firstUser,
            OutboundSettings outbound,
            ClosingStack closing,
            NodeMessages messages) {
        Accounts accounts = new Accounts(foundation.database(), foundation.time());
        SigningEngine.register(foundation.config().carabiner().keys().nativeSigning(), foundation.metrics(), messages);
        messages.apiExposedFor(accounts.ensureFirst(firstUser));
        FirstKeys.ensure(foundation.keystore(), foundation.config(), messages);
        ChainRooms chains = ChainRooms.open(foundation, closing);
        BridgeStore bridges = new BridgeStore(foundation.database());
        BridgeWatch watch =
                new BridgeWatch(OutboundWiring.bridges(foundation.config()), foundation.time(), foundation.metrics());
        Triggers triggers = Triggers.open(foundation, chains, closing);
        JobsRoom jobs = closing.push("jobs", jobs(foundation, chains, bridges, watch, outbound, triggers, closing));
        Readiness.register(
                foundation.health(),
                foundation.database()::leaseHeld,
                List.copyOf(chains.chains().keySet()));
        PoolGauges.register(foundation.metrics(), foundation.database()::stats);
        QueueGauges.register(foundation.metrics(), foundation.time(), jobs.runs()::unfinished);
        jobs.start();
        chains.start(foundation, jobs, triggers.feeds(), closing);
        JobTrials trials =
                TrialWiring.of(foundation, chains, bridges, jobs, pipelineSettings(foundation.config(), outbound));
        AuditTrail audit = closing.push(
                "the audit log",
                new AuditTrail(
                        foundation.database(),
                        foundation.time(),
                        AuditForwarder.of(foundation.config().auditLogger())));
        return closing.push(
                "the HTTP server",
                web(foundation, identity, accounts, audit, chains, bridges, watch, jobs, trials, triggers));
    }

    private static JobsRoom jobs(
            Foundation foundation,
            ChainRooms chains,
            BridgeStore bridges,
            BridgeWatch watch,
            OutboundSettings outbound,
            Triggers triggers,
            ClosingStack closing) {
        NodeConfig config = foundation.config();
        PipelineRunner runner = closing.push(
                "the pipeline",
                new PipelineRunner(
                        pipelineSettings(config, outbound),
                        bridges,
                        new PipelineEthereum(chains, foundation.keystore()),
                        foundation.time(),
                        foundation.metrics(),
                        watch));
        return new JobsRoom(new JobsRoom.Needs(
                foundation.database(),
                foundation.time(),
                foundation.metrics(),
                runner,
                bridges,
                chains.chains().values().stream()
                        .map(RunningNode::directRequests)
                        .toList(),
                chains::manager,
                id -> chains.chain(id).map(Chain::logs),
                triggers.types(),
                Math.toIntExact(config.jobPipeline().resultWriteQueueDepth()),
                new RunRetention(
                        config.jobPipeline().maxSuccessfulRuns(),
                        config.jobPipeline().reaperInterval(),
                        config.jobPipeline().reaperThreshold())));
    }

    private static DirectRequestChain directRequests(ChainRooms.ChainRoom room) {
        return new DirectRequestChain(
                room.chain().id(),
                room.config().minIncomingConfirmations(),
                room.config().minContractPayment());
    }

    private static PipelineSettings pipelineSettings(NodeConfig config, OutboundSettings outbound) {
        JobPipelineConfig jobs = config.jobPipeline();
        return new PipelineSettings(
                jobs.maxRunDuration(),
                jobs.httpRequest().defaultTimeout(),
                jobs.httpRequest().maxSize().bytes(),
                config.webServer().bridgeResponseUrl(),
                config.webServer().bridgeCacheTtl(),
                outbound);
    }

    private static WebServer web(
            Foundation foundation,
            Identity identity,
            Accounts accounts,
            AuditTrail audit,
            ChainRooms chains,
            BridgeStore bridges,
            BridgeWatch watch,
            JobsRoom jobs,
            JobTrials trials,
            Triggers triggers) {
        NodeConfig config = foundation.config();
        return WebServer.start(
                config.webServer(),
                new WebServices(
                        foundation.database(),
                        foundation.time(),
                        accounts,
                        audit,
                        new WebServices.Telemetry(foundation.metrics(), foundation.health(), foundation.logging()),
                        new WebServices.About(
                                identity.build().version(),
                                identity.build().commit(),
                                ConfigPrinter.effectiveToml(config),
                                ConfigPrinter.inputToml(config),
                                ConfigPrinter.chains(config),
                                config.carabiner().api().goVersion(),
                                config.feature().uiCsaKeys(),
                                identity.host()),
                        new WebServices.Oracle(
                                foundation.keystore(),
                                chains.chains().values().stream()
                                        .map(room -> new WebServices.ChainAccess(room.chain()))
                                        .toList(),
                                TransactionHistory.in(foundation.database()),
                                BridgeCatalogue.of(bridges, watch),
                                JobCatalogue.of(jobs.jobs(), trials),
                                RunCatalogue.of(jobs, new ChainResponses(chains), trials),
                                new SendingRooms(chains.managers(), new Forwarders(foundation.database())),
                                triggers.forWeb())),
                ServerCertificate.of(
                        config.webServer(),
                        config.rootDir().resolve("tls"),
                        config.carabiner().webServer().selfSignedTls(),
                        foundation.time()));
    }

    /** The port the API is on. */
    int httpPort() {
        return web.port();
    }

    /** How long closing may take before the process shall end anyway. */
    Duration shutdownGracePeriod() {
        return config.shutdownGracePeriod();
    }

    @Override
    public void close() {
        closing.close();
        messages.stopped();
    }
}
