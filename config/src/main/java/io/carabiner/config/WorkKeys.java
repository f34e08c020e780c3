package io.carabiner.config;

import static io.carabiner.config.ConfigKey.UNSET;
import static io.carabiner.config.ConfigKey.Use.INERT;
import static io.carabiner.config.ConfigKey.Use.LIVE;
import static io.carabiner.config.ConfigKey.key;
import static io.carabiner.config.KeyTypes.ADDRESS;
import static io.carabiner.config.KeyTypes.BOOL;
import static io.carabiner.config.KeyTypes.BOOTSTRAPPERS;
import static io.carabiner.config.KeyTypes.DURATION;
import static io.carabiner.config.KeyTypes.FILE_SIZE;
import static io.carabiner.config.KeyTypes.FLOAT;
import static io.carabiner.config.KeyTypes.INT64;
import static io.carabiner.config.KeyTypes.PEER_ID;
import static io.carabiner.config.KeyTypes.SHA256;
import static io.carabiner.config.KeyTypes.STRING;
import static io.carabiner.config.KeyTypes.STRINGS;
import static io.carabiner.config.KeyTypes.UINT16;
import static io.carabiner.config.KeyTypes.UINT32;
import static io.carabiner.config.KeyTypes.UINT64;

import java.util.List;

/**
 * The keys of what the node works on: jobs, OCR, the network, keepers, profiling and tracing, in the order in which
 * they are printed.
 */
final class WorkKeys {

    private WorkKeys() {}

    static final List<ConfigKey> ALL = List.of(
            key("JobDistributor.DisplayName", STRING, UNSET, INERT, "Name shown to the job distributor."),
            key(
                    "JobPipeline.ExternalInitiatorsEnabled",
                    BOOL,
                    "false",
                    LIVE,
                    "External initiators may start webhook jobs."),
            key("JobPipeline.MaxRunDuration", DURATION, "10m", LIVE, "A run is ended after this time; 0 = no limit."),
            key("JobPipeline.MaxSuccessfulRuns", UINT64, "10000", LIVE, "Successful runs kept for each job; 0 = none."),
            key("JobPipeline.ReaperInterval", DURATION, "1h", LIVE, "How often old runs are deleted; 0 = never."),
            key("JobPipeline.ReaperThreshold", DURATION, "24h", LIVE, "Completed runs older than this are deleted."),
            key("JobPipeline.ResultWriteQueueDepth", UINT32, "100", LIVE, "Runs that may wait to be stored."),
            key("JobPipeline.VerboseLogging", BOOL, "true", INERT, "Log each task of each run."),
            key(
                    "JobPipeline.HTTPRequest.DefaultTimeout",
                    DURATION,
                    "15s",
                    LIVE,
                    "Limit for http and bridge tasks that name none."),
            key(
                    "JobPipeline.HTTPRequest.MaxSize",
                    FILE_SIZE,
                    "32768",
                    LIVE,
                    "Largest body that http and bridge tasks read."),
            key(
                    "FluxMonitor.DefaultTransactionQueueDepth",
                    UINT32,
                    "1",
                    LIVE,
                    "Queued transactions of a job before the oldest is dropped; 0 = send every one."),
            key("FluxMonitor.SimulateTransactions", BOOL, "false", LIVE, "Simulate a transaction before it is sent."),
            key("OCR2.Enabled", BOOL, "false", INERT, "Run OCR2 jobs; needs P2P.V2.Enabled."),
            key(
                    "OCR2.ContractConfirmations",
                    UINT32,
                    "3",
                    INERT,
                    "Blocks a config change must be deep before it counts."),
            key("OCR2.BlockchainTimeout", DURATION, "20s", INERT, "Limit for a call to the chain by OCR2 jobs."),
            key(
                    "OCR2.ContractPollInterval",
                    DURATION,
                    "1m",
                    INERT,
                    "How often OCR2 jobs look for a changed contract config."),
            key(
                    "OCR2.ContractSubscribeInterval",
                    DURATION,
                    "2m",
                    INERT,
                    "How often OCR2 jobs try to subscribe to config changes again."),
            key(
                    "OCR2.ContractTransmitterTransmitTimeout",
                    DURATION,
                    "10s",
                    INERT,
                    "Limit for handing a report to the transaction manager."),
            key("OCR2.DatabaseTimeout", DURATION, "10s", INERT, "Limit for a database call by OCR2 jobs."),
            key("OCR2.KeyBundleID", SHA256, UNSET, INERT, "Key bundle of jobs that name none."),
            key("OCR2.CaptureEATelemetry", BOOL, "false", INERT, "Collect telemetry of external adapters."),
            key(
                    "OCR2.CaptureAutomationCustomTelemetry",
                    BOOL,
                    "true",
                    INERT,
                    "Collect custom telemetry of automation jobs."),
            key("OCR2.AllowNoBootstrappers", BOOL, "false", INERT, "Allow a network of one without bootstrappers."),
            key(
                    "OCR2.DefaultTransactionQueueDepth",
                    UINT32,
                    "1",
                    INERT,
                    "Queued transactions of a job before the oldest is dropped; 0 = send every one."),
            key("OCR2.SimulateTransactions", BOOL, "false", INERT, "Simulate a transmission before it is sent."),
            key("OCR2.TraceLogging", BOOL, "false", INERT, "Log the protocol in full."),
            key(
                    "OCR2.KeyValueStoreRootDir",
                    STRING,
                    "~/.chainlink-data",
                    INERT,
                    "Folder of the key-value stores of OCR3.1."),
            key("OCR.Enabled", BOOL, "false", INERT, "Run OCR jobs; needs P2P.V2.Enabled."),
            key("OCR.ObservationTimeout", DURATION, "5s", INERT, "Limit for one observation."),
            key("OCR.BlockchainTimeout", DURATION, "20s", INERT, "Limit for a call to the chain by OCR jobs."),
            key(
                    "OCR.ContractPollInterval",
                    DURATION,
                    "1m",
                    INERT,
                    "How often OCR jobs look for a changed contract config."),
            key(
                    "OCR.ContractSubscribeInterval",
                    DURATION,
                    "2m",
                    INERT,
                    "How often OCR jobs try to subscribe to config changes again."),
            key(
                    "OCR.DefaultTransactionQueueDepth",
                    UINT32,
                    "1",
                    INERT,
                    "Queued transactions of a job before the oldest is dropped; 0 = send every one."),
            key("OCR.KeyBundleID", SHA256, UNSET, INERT, "Key bundle of jobs that name none."),
            key("OCR.SimulateTransactions", BOOL, "false", INERT, "Simulate a transmission before it is sent."),
            key("OCR.TransmitterAddress", ADDRESS, UNSET, INERT, "Sending key of jobs that name none."),
            key("OCR.CaptureEATelemetry", BOOL, "false", INERT, "Collect telemetry of external adapters."),
            key("OCR.TraceLogging", BOOL, "false", INERT, "Log the protocol in full."),
            key(
                    "OCR.ConfigLogValidation",
                    BOOL,
                    "false",
                    INERT,
                    "Check that config logs can be read when a job is made."),
            key("P2P.IncomingMessageBufferSize", INT64, "10", INERT, "Messages from one peer that may wait."),
            key(
                    "P2P.OutgoingMessageBufferSize",
                    INT64,
                    "10",
                    INERT,
                    "Messages to one peer that may wait before the oldest is dropped."),
            key("P2P.PeerID", PEER_ID, UNSET, INERT, "The node's identity; needed with more than one P2P key."),
            key("P2P.TraceLogging", BOOL, "false", INERT, "Log the network layer in full."),
            key("P2P.EnableExperimentalRageP2P", BOOL, "false", INERT, "Experimental network layer for OCR3.1."),
            key("P2P.V2.Enabled", BOOL, "true", INERT, "The peer-to-peer network on/off; OCR and OCR2 need it."),
            key(
                    "P2P.V2.AnnounceAddresses",
                    STRINGS,
                    UNSET,
                    INERT,
                    "Addresses told to peers, host:port; unset = ListenAddresses."),
            key(
                    "P2P.V2.DefaultBootstrappers",
                    BOOTSTRAPPERS,
                    UNSET,
                    INERT,
                    "Where peers are found, PeerID@host:port/host:port."),
            key("P2P.V2.DeltaDial", DURATION, "15s", INERT, "Pause between attempts to reach a peer."),
            key("P2P.V2.DeltaReconcile", DURATION, "1m", INERT, "How often announcements are exchanged with peers."),
            key("P2P.V2.ListenAddresses", STRINGS, UNSET, INERT, "Addresses listened at, host:port."),
            key(
                    "Keeper.DefaultTransactionQueueDepth",
                    UINT32,
                    "1",
                    INERT,
                    "Queued transactions of a job before the oldest is dropped; 0 = send every one."),
            key(
                    "Keeper.GasPriceBufferPercent",
                    UINT16,
                    "20",
                    INERT,
                    "Added to the gas price of upkeeps, for legacy transactions."),
            key(
                    "Keeper.GasTipCapBufferPercent",
                    UINT16,
                    "20",
                    INERT,
                    "Added to the tip of upkeeps, for dynamic-fee transactions."),
            key(
                    "Keeper.BaseFeeBufferPercent",
                    UINT16,
                    "20",
                    INERT,
                    "Added to the base fee of upkeeps, for dynamic-fee transactions."),
            key(
                    "Keeper.MaxGracePeriod",
                    INT64,
                    "100",
                    INERT,
                    "Blocks a keeper waits after its upkeep before it tries again."),
            key("Keeper.TurnLookBack", INT64, "1000", INERT, "Blocks back whose hash decides whose turn it is."),
            key("Keeper.Registry.CheckGasOverhead", UINT32, "200000", INERT, "Gas added for checking an upkeep."),
            key("Keeper.Registry.PerformGasOverhead", UINT32, "300000", INERT, "Gas added for performing an upkeep."),
            key("Keeper.Registry.MaxPerformDataSize", UINT32, "5000", INERT, "Largest data of an upkeep, bytes."),
            key("Keeper.Registry.SyncInterval", DURATION, "30m", INERT, "How often the registry is read in full."),
            key("Keeper.Registry.SyncUpkeepQueueSize", UINT32, "10", INERT, "Upkeeps read at once."),
            key("AutoPprof.Enabled", BOOL, "false", INERT, "Gather profiles when a threshold is passed."),
            key("AutoPprof.ProfileRoot", STRING, UNSET, INERT, "Folder of the profiles; unset = RootDir."),
            key("AutoPprof.PollInterval", DURATION, "10s", INERT, "How often the triggers are looked at."),
            key("AutoPprof.GatherDuration", DURATION, "10s", INERT, "How long profiles are gathered."),
            key("AutoPprof.GatherTraceDuration", DURATION, "5s", INERT, "How long a trace is gathered."),
            key(
                    "AutoPprof.MaxProfileSize",
                    FILE_SIZE,
                    "100mb",
                    INERT,
                    "Nothing is gathered once the profiles take this much."),
            key("AutoPprof.CPUProfileRate", INT64, "1", INERT, "Sampling rate of CPU profiles, for Go only."),
            key("AutoPprof.MemProfileRate", INT64, "1", INERT, "Sampling rate of memory profiles, for Go only."),
            key("AutoPprof.BlockProfileRate", INT64, "1", INERT, "Sampling rate of blocking profiles, for Go only."),
            key("AutoPprof.MutexProfileFraction", INT64, "1", INERT, "Sampling rate of lock profiles, for Go only."),
            key("AutoPprof.MemThreshold", FILE_SIZE, "4gb", INERT, "Memory in use that starts a profile."),
            key("AutoPprof.GoroutineThreshold", INT64, "5000", INERT, "Goroutines that start a profile."),
            key(
                    "Pyroscope.ServerAddress",
                    STRING,
                    UNSET,
                    INERT,
                    "Server that profiles are sent to; its token is a secret."),
            key("Pyroscope.Environment", STRING, "mainnet", INERT, "Name of the environment told to the server."),
            key("Sentry.Debug", BOOL, "false", INERT, "Log what the error reporter does."),
            key("Sentry.DSN", STRING, UNSET, INERT, "Where errors are reported; unset = nowhere."),
            key("Sentry.Environment", STRING, UNSET, INERT, "Name of the environment told with errors."),
            key("Sentry.Release", STRING, UNSET, INERT, "Version told with errors; unset = the real one."),
            key("Insecure.DevWebServer", BOOL, "false", INERT, "Relax TLS and host checks; refused by release builds."),
            key(
                    "Insecure.OCRDevelopmentMode",
                    BOOL,
                    "false",
                    INERT,
                    "Let OCR run with unsafe settings; refused by release builds."),
            key(
                    "Insecure.InfiniteDepthQueries",
                    BOOL,
                    "false",
                    INERT,
                    "No depth limit for GraphQL; refused by release builds."),
            key("Insecure.DisableRateLimiting", BOOL, "false", INERT, "No rate limits; refused by release builds."),
            key("Tracing.Enabled", BOOL, "false", INERT, "Send traces, OTLP over gRPC."),
            key("Tracing.CollectorTarget", STRING, UNSET, INERT, "Collector, URI or host:port."),
            key("Tracing.NodeID", STRING, UNSET, INERT, "Name of this node in the traces."),
            key("Tracing.SamplingRatio", FLOAT, UNSET, INERT, "Part of the traces that is sent, 0 to 1."),
            key("Tracing.Mode", STRING, "tls", INERT, "How to speak to the collector: tls or unencrypted."),
            key("Tracing.TLSCertPath", STRING, UNSET, INERT, "Certificate of the collector, for Mode tls."),
            key("Tracing.Attributes.*", STRING, UNSET, INERT, "Free names and values sent with every trace."),
            key("Mercury.VerboseLogging", BOOL, "false", INERT, "Log each report."),
            key(
                    "Mercury.Cache.LatestReportTTL",
                    DURATION,
                    "1s",
                    INERT,
                    "How long a report is served from the cache; 0 = no cache."),
            key(
                    "Mercury.Cache.MaxStaleAge",
                    DURATION,
                    "1h",
                    INERT,
                    "Age beyond which a cached report is never served."),
            key(
                    "Mercury.Cache.LatestReportDeadline",
                    DURATION,
                    "5s",
                    INERT,
                    "Limit for asking the server for a report."),
            key("Mercury.TLS.CertFile", STRING, UNSET, INERT, "Certificate of the server's authority."),
            key("Mercury.Transmitter.Protocol", STRING, "grpc", INERT, "How reports are sent."),
            key(
                    "Mercury.Transmitter.TransmitQueueMaxSize",
                    UINT32,
                    "250000",
                    INERT,
                    "Reports that may wait to be sent."),
            key("Mercury.Transmitter.TransmitTimeout", DURATION, "5s", INERT, "Limit for sending a report."),
            key("Mercury.Transmitter.TransmitConcurrency", UINT32, "100", INERT, "Reports sent at once."),
            key("Mercury.Transmitter.ReaperFrequency", DURATION, "1h", INERT, "How often old reports are deleted."),
            key("Mercury.Transmitter.ReaperMaxAge", DURATION, "48h", INERT, "Reports older than this are deleted."));
}
