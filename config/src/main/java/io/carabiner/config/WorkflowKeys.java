package io.carabiner.config;

import static io.carabiner.config.ConfigKey.UNSET;
import static io.carabiner.config.ConfigKey.Use.INERT;
import static io.carabiner.config.ConfigKey.key;
import static io.carabiner.config.KeyTypes.BOOL;
import static io.carabiner.config.KeyTypes.BOOTSTRAPPERS;
import static io.carabiner.config.KeyTypes.DURATION;
import static io.carabiner.config.KeyTypes.FILE_SIZE;
import static io.carabiner.config.KeyTypes.FLOAT;
import static io.carabiner.config.KeyTypes.INT;
import static io.carabiner.config.KeyTypes.INT32;
import static io.carabiner.config.KeyTypes.INT64;
import static io.carabiner.config.KeyTypes.PEER_ID;
import static io.carabiner.config.KeyTypes.STRING;
import static io.carabiner.config.KeyTypes.STRINGS;
import static io.carabiner.config.KeyTypes.UINT32;

import java.util.List;

/** The keys of workflows and their platform, in the order in which they are printed. */
final class WorkflowKeys {

    private WorkflowKeys() {}

    static final List<ConfigKey> ALL = List.of(
            key("Capabilities.RateLimit.GlobalRPS", FLOAT, "200", INERT, "Requests a second from all senders."),
            key("Capabilities.RateLimit.GlobalBurst", INT, "200", INERT, "Requests in a burst from all senders."),
            key("Capabilities.RateLimit.PerSenderRPS", FLOAT, "200", INERT, "Requests a second from one sender."),
            key("Capabilities.RateLimit.PerSenderBurst", INT, "200", INERT, "Requests in a burst from one sender."),
            key(
                    "Capabilities.Peering.IncomingMessageBufferSize",
                    INT64,
                    "10",
                    INERT,
                    "Messages from one peer that may wait."),
            key(
                    "Capabilities.Peering.OutgoingMessageBufferSize",
                    INT64,
                    "10",
                    INERT,
                    "Messages to one peer that may wait."),
            key("Capabilities.Peering.PeerID", PEER_ID, UNSET, INERT, "The node's identity for capabilities."),
            key("Capabilities.Peering.TraceLogging", BOOL, "false", INERT, "Log the network layer in full."),
            key("Capabilities.Peering.EnableExperimentalRageP2P", BOOL, "false", INERT, "Experimental network layer."),
            key("Capabilities.Peering.V2.Enabled", BOOL, "false", INERT, "Network for capabilities on/off."),
            key(
                    "Capabilities.Peering.V2.AnnounceAddresses",
                    STRINGS,
                    UNSET,
                    INERT,
                    "Addresses told to peers; unset = ListenAddresses."),
            key("Capabilities.Peering.V2.DefaultBootstrappers", BOOTSTRAPPERS, UNSET, INERT, "Where peers are found."),
            key("Capabilities.Peering.V2.DeltaDial", DURATION, "15s", INERT, "Pause between attempts to reach a peer."),
            key(
                    "Capabilities.Peering.V2.DeltaReconcile",
                    DURATION,
                    "1m",
                    INERT,
                    "How often announcements are exchanged with peers."),
            key("Capabilities.Peering.V2.ListenAddresses", STRINGS, UNSET, INERT, "Addresses listened at."),
            key("Capabilities.SharedPeering.Enabled", BOOL, "false", INERT, "Shared peer on/off."),
            key(
                    "Capabilities.SharedPeering.Bootstrappers",
                    BOOTSTRAPPERS,
                    UNSET,
                    INERT,
                    "Where the shared peer finds others."),
            key(
                    "Capabilities.SharedPeering.StreamConfig.IncomingMessageBufferSize",
                    INT,
                    "500",
                    INERT,
                    "Incoming messages that may wait."),
            key(
                    "Capabilities.SharedPeering.StreamConfig.OutgoingMessageBufferSize",
                    INT,
                    "500",
                    INERT,
                    "Outgoing messages that may wait."),
            key(
                    "Capabilities.SharedPeering.StreamConfig.MaxMessageLenBytes",
                    INT,
                    "500000",
                    INERT,
                    "Largest message, bytes."),
            key(
                    "Capabilities.SharedPeering.StreamConfig.MessageRateLimiterRate",
                    FLOAT,
                    "100.0",
                    INERT,
                    "Messages a second."),
            key(
                    "Capabilities.SharedPeering.StreamConfig.MessageRateLimiterCapacity",
                    UINT32,
                    "500",
                    INERT,
                    "Messages in a burst."),
            key(
                    "Capabilities.SharedPeering.StreamConfig.BytesRateLimiterRate",
                    FLOAT,
                    "5000000.0",
                    INERT,
                    "Bytes a second."),
            key(
                    "Capabilities.SharedPeering.StreamConfig.BytesRateLimiterCapacity",
                    UINT32,
                    "10000000",
                    INERT,
                    "Bytes in a burst."),
            key("Capabilities.Dispatcher.SupportedVersion", INT, "1", INERT, "Version of the dispatcher protocol."),
            key(
                    "Capabilities.Dispatcher.ReceiverBufferSize",
                    INT,
                    "10000",
                    INERT,
                    "Messages that may wait for a receiver."),
            key(
                    "Capabilities.Dispatcher.SendToSharedPeer",
                    BOOL,
                    "false",
                    INERT,
                    "Send through the shared peer as well."),
            key(
                    "Capabilities.Dispatcher.RateLimit.GlobalRPS",
                    FLOAT,
                    "800",
                    INERT,
                    "Requests a second from all senders."),
            key(
                    "Capabilities.Dispatcher.RateLimit.GlobalBurst",
                    INT,
                    "1000",
                    INERT,
                    "Requests in a burst from all senders."),
            key(
                    "Capabilities.Dispatcher.RateLimit.PerSenderRPS",
                    FLOAT,
                    "10",
                    INERT,
                    "Requests a second from one sender."),
            key(
                    "Capabilities.Dispatcher.RateLimit.PerSenderBurst",
                    INT,
                    "50",
                    INERT,
                    "Requests in a burst from one sender."),
            key(
                    "Capabilities.ExternalRegistry.Address",
                    STRING,
                    UNSET,
                    INERT,
                    "Contract of the capabilities registry."),
            key("Capabilities.ExternalRegistry.NetworkID", STRING, "evm", INERT, "Kind of network the registry is on."),
            key("Capabilities.ExternalRegistry.ChainID", STRING, "1", INERT, "Chain the registry is on."),
            key(
                    "Capabilities.ExternalRegistry.ContractVersion",
                    STRING,
                    "1.0.0",
                    INERT,
                    "Version of the registry contract."),
            key("Capabilities.WorkflowRegistry.Address", STRING, UNSET, INERT, "Contract of the workflow registry."),
            key("Capabilities.WorkflowRegistry.NetworkID", STRING, "evm", INERT, "Kind of network the registry is on."),
            key("Capabilities.WorkflowRegistry.ChainID", STRING, "1", INERT, "Chain the registry is on."),
            key(
                    "Capabilities.WorkflowRegistry.ContractVersion",
                    STRING,
                    "1.0.0",
                    INERT,
                    "Version of the registry contract."),
            key("Capabilities.WorkflowRegistry.MaxBinarySize", FILE_SIZE, "20.00mb", INERT, "Largest workflow binary."),
            key(
                    "Capabilities.WorkflowRegistry.MaxEncryptedSecretsSize",
                    FILE_SIZE,
                    "26.40kb",
                    INERT,
                    "Largest encrypted secrets of a workflow."),
            key(
                    "Capabilities.WorkflowRegistry.MaxConfigSize",
                    FILE_SIZE,
                    "50.00kb",
                    INERT,
                    "Largest config of a workflow."),
            key("Capabilities.WorkflowRegistry.SyncStrategy", STRING, "event", INERT, "How the registry is followed."),
            key(
                    "Capabilities.WorkflowRegistry.WorkflowStorage.ArtifactStorageHost",
                    STRING,
                    UNSET,
                    INERT,
                    "Host that artifacts may come from."),
            key(
                    "Capabilities.WorkflowRegistry.WorkflowStorage.URL",
                    STRING,
                    UNSET,
                    INERT,
                    "Where workflows are stored."),
            key(
                    "Capabilities.WorkflowRegistry.WorkflowStorage.TLSEnabled",
                    BOOL,
                    "true",
                    INERT,
                    "Speak TLS with the storage."),
            key(
                    "Capabilities.GatewayConnector.ChainIDForNodeKey",
                    STRING,
                    UNSET,
                    INERT,
                    "Chain whose key signs for the node."),
            key(
                    "Capabilities.GatewayConnector.NodeAddress",
                    STRING,
                    UNSET,
                    INERT,
                    "The node's address at the gateway."),
            key("Capabilities.GatewayConnector.DonID", STRING, UNSET, INERT, "Network the node belongs to."),
            key("Capabilities.GatewayConnector.Gateways[].ID", STRING, UNSET, INERT, "Name of a gateway."),
            key("Capabilities.GatewayConnector.Gateways[].URL", STRING, UNSET, INERT, "WebSocket URL of a gateway."),
            key(
                    "Capabilities.GatewayConnector.WSHandshakeTimeoutMillis",
                    UINT32,
                    UNSET,
                    INERT,
                    "Limit for the WebSocket handshake, milliseconds."),
            key("Capabilities.GatewayConnector.AuthMinChallengeLen", INT, UNSET, INERT, "Least length of a challenge."),
            key(
                    "Capabilities.GatewayConnector.AuthTimestampToleranceSec",
                    UINT32,
                    UNSET,
                    INERT,
                    "Tolerated clock difference, seconds."),
            key("Telemetry.Enabled", BOOL, "false", INERT, "Telemetry on/off."),
            key("Telemetry.CACertFile", STRING, UNSET, INERT, "Certificate of the collector's authority."),
            key("Telemetry.Endpoint", STRING, UNSET, INERT, "Where telemetry is sent."),
            key("Telemetry.InsecureConnection", BOOL, "false", INERT, "Speak to the collector without TLS."),
            key("Telemetry.TraceSampleRatio", FLOAT, "0.01", INERT, "Part of the traces that is sent, 0 to 1."),
            key("Telemetry.EmitterBatchProcessor", BOOL, "true", INERT, "Send messages in batches."),
            key("Telemetry.EmitterExportTimeout", DURATION, "1s", INERT, "Limit for sending messages."),
            key("Telemetry.AuthHeadersTTL", DURATION, "0s", INERT, "How long signed headers are used; 0 = for ever."),
            key("Telemetry.ChipIngressEndpoint", STRING, UNSET, INERT, "Endpoint of the CHIP ingress."),
            key(
                    "Telemetry.ChipIngressInsecureConnection",
                    BOOL,
                    "false",
                    INERT,
                    "Speak to the CHIP ingress without TLS."),
            key("Telemetry.HeartbeatInterval", DURATION, "1s", INERT, "How often a sign of life is sent."),
            key("Telemetry.LogLevel", STRING, "info", INERT, "Least level of logs that are sent."),
            key("Telemetry.LogStreamingEnabled", BOOL, "false", INERT, "Send logs as well."),
            key("Telemetry.LogBatchProcessor", BOOL, "true", INERT, "Send logs in batches."),
            key("Telemetry.LogExportTimeout", DURATION, "1s", INERT, "Limit for sending logs."),
            key("Telemetry.LogExportMaxBatchSize", INT, "512", INERT, "Logs in one batch."),
            key("Telemetry.LogExportInterval", DURATION, "1s", INERT, "How often logs are sent."),
            key("Telemetry.LogMaxQueueSize", INT, "2048", INERT, "Logs that may wait to be sent."),
            key(
                    "Telemetry.ResourceAttributes.*",
                    STRING,
                    UNSET,
                    INERT,
                    "Free names and values sent with all telemetry."),
            key("Workflows.Limits.Global", INT32, "200", INERT, "Workflows that may run at once."),
            key("Workflows.Limits.PerOwner", INT32, "200", INERT, "Workflows of one owner that may run at once."),
            key("CRE.UseLocalTimeProvider", BOOL, "true", INERT, "Take the machine's clock for workflows."),
            key("CRE.EnableDKGRecipient", BOOL, "false", INERT, "Take part in distributed key generation."),
            key("CRE.Streams.WsURL", STRING, UNSET, INERT, "WebSocket URL of data streams."),
            key("CRE.Streams.RestURL", STRING, UNSET, INERT, "REST URL of data streams."),
            key("CRE.WorkflowFetcher.URL", STRING, UNSET, INERT, "Where workflows are fetched: file, http or https."),
            key("CRE.Linking.URL", STRING, UNSET, INERT, "Linking service."),
            key("CRE.Linking.TLSEnabled", BOOL, "true", INERT, "Speak TLS with the linking service."),
            key("Billing.URL", STRING, "localhost:4319", INERT, "Billing service."),
            key("Billing.TLSEnabled", BOOL, "true", INERT, "Speak TLS with the billing service."),
            key("BridgeStatusReporter.Enabled", BOOL, "false", INERT, "Ask bridges' status and report it."),
            key("BridgeStatusReporter.StatusPath", STRING, "/status", INERT, "Appended to a bridge's URL."),
            key(
                    "BridgeStatusReporter.PollingInterval",
                    DURATION,
                    "5m",
                    INERT,
                    "How often bridges are asked; 1m or more."),
            key(
                    "BridgeStatusReporter.IgnoreInvalidBridges",
                    BOOL,
                    "true",
                    INERT,
                    "Leave out bridges whose URL cannot be used."),
            key(
                    "BridgeStatusReporter.IgnoreJoblessBridges",
                    BOOL,
                    "false",
                    INERT,
                    "Leave out bridges that no job uses."));
}
