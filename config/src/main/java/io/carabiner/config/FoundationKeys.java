package io.carabiner.config;

import static io.carabiner.config.ConfigKey.UNSET;
import static io.carabiner.config.ConfigKey.Use.INERT;
import static io.carabiner.config.ConfigKey.Use.LIVE;
import static io.carabiner.config.ConfigKey.key;
import static io.carabiner.config.KeyTypes.AUTHENTICATION;
import static io.carabiner.config.KeyTypes.BACKUP_MODE;
import static io.carabiner.config.KeyTypes.BOOL;
import static io.carabiner.config.KeyTypes.DURATION;
import static io.carabiner.config.KeyTypes.FILE_SIZE;
import static io.carabiner.config.KeyTypes.HEADERS;
import static io.carabiner.config.KeyTypes.INT64;
import static io.carabiner.config.KeyTypes.IP;
import static io.carabiner.config.KeyTypes.LOG_LEVEL;
import static io.carabiner.config.KeyTypes.STRING;
import static io.carabiner.config.KeyTypes.UINT16;
import static io.carabiner.config.KeyTypes.URL;

import java.util.List;

/**
 * The keys of the root, Feature, Database, TelemetryIngress, AuditLogger, Log and WebServer, in the order in which they
 * are printed.
 */
final class FoundationKeys {

    private FoundationKeys() {}

    static final List<ConfigKey> ALL = List.of(
            key(
                    "InsecureFastScrypt",
                    BOOL,
                    "false",
                    LIVE,
                    "Weak scrypt (N=2, P=1) for all key encryption; for tests only."),
            key("InsecurePPROFHeap", BOOL, "false", INERT, "Allow heap dumps through the profiling route."),
            key(
                    "RootDir",
                    STRING,
                    "~/.chainlink",
                    LIVE,
                    "The node's folder: logs, backups, cookies, session secret. Made 0700; ~ and environment variables"
                            + " are filled in."),
            key(
                    "ShutdownGracePeriod",
                    DURATION,
                    "5s",
                    LIVE,
                    "How long the node may take to stop; then it ends at once with exit code 1."),
            key("Feature.FeedsManager", BOOL, "true", INERT, "Take job proposals from feeds managers."),
            key("Feature.LogPoller", BOOL, "false", INERT, "Run the log poller."),
            key("Feature.UICSAKeys", BOOL, "false", INERT, "Show CSA keys in the operator UI."),
            key("Feature.CCIP", BOOL, "true", INERT, "Run CCIP services."),
            key("Feature.MultiFeedsManagers", BOOL, "false", INERT, "Allow several feeds managers."),
            key(
                    "Database.DefaultIdleInTxSessionTimeout",
                    DURATION,
                    "1h",
                    LIVE,
                    "An idle transaction is ended after this time."),
            key("Database.DefaultLockTimeout", DURATION, "15s", LIVE, "Limit for waiting for a lock."),
            key("Database.DefaultQueryTimeout", DURATION, "10s", INERT, "Limit for an ordinary query."),
            key("Database.LogQueries", BOOL, "false", INERT, "Log each SQL statement at debug level."),
            key("Database.MaxIdleConns", INT64, "10", LIVE, "Idle connections that are kept."),
            key("Database.MaxOpenConns", INT64, "100", LIVE, "Open connections at most."),
            key("Database.MigrateOnStartup", BOOL, "true", LIVE, "Bring the tables up to date at the start."),
            key("Database.Backup.Dir", STRING, UNSET, LIVE, "Folder of backups; unset = backup in RootDir."),
            key(
                    "Database.Backup.Frequency",
                    DURATION,
                    "1h",
                    LIVE,
                    "How often a backup is made; 0 = never, else 1m or more."),
            key(
                    "Database.Backup.Mode",
                    BACKUP_MODE,
                    "none",
                    LIVE,
                    "What a backup holds: nothing (none), all but runs (lite), everything (full)."),
            key(
                    "Database.Backup.OnVersionUpgrade",
                    BOOL,
                    "true",
                    LIVE,
                    "Make a backup before the tables are changed by a newer version, named after the older one."),
            key(
                    "Database.Listener.MaxReconnectDuration",
                    DURATION,
                    "10m",
                    INERT,
                    "Longest pause before the listener connects again."),
            key(
                    "Database.Listener.MinReconnectInterval",
                    DURATION,
                    "1m",
                    INERT,
                    "First pause before the listener connects again, doubled each time."),
            key(
                    "Database.Listener.FallbackPollInterval",
                    DURATION,
                    "30s",
                    INERT,
                    "How often to look in case a notification was missed."),
            key("Database.Lock.Enabled", BOOL, "true", LIVE, "Allow only one node to write to the database at a time."),
            key(
                    "Database.Lock.LeaseDuration",
                    DURATION,
                    "10s",
                    LIVE,
                    "The lease ends when it was not renewed for this long."),
            key(
                    "Database.Lock.LeaseRefreshInterval",
                    DURATION,
                    "1s",
                    LIVE,
                    "How often the lease is renewed, or asked for by a node that waits; half of LeaseDuration at"
                            + " most."),
            key("TelemetryIngress.UniConn", BOOL, "false", INERT, "One connection for all telemetry."),
            key("TelemetryIngress.Logging", BOOL, "false", INERT, "Log telemetry as it is sent."),
            key(
                    "TelemetryIngress.BufferSize",
                    UINT16,
                    "100",
                    INERT,
                    "Messages that may wait for each client before they are dropped."),
            key("TelemetryIngress.MaxBatchSize", UINT16, "50", INERT, "Messages in one batch."),
            key("TelemetryIngress.SendInterval", DURATION, "500ms", INERT, "How often a batch is sent."),
            key("TelemetryIngress.SendTimeout", DURATION, "10s", INERT, "Limit for sending a batch."),
            key("TelemetryIngress.UseBatchSend", BOOL, "true", INERT, "Send telemetry in batches."),
            key(
                    "TelemetryIngress.ChipIngressEnabled",
                    BOOL,
                    "false",
                    INERT,
                    "Send telemetry to the CHIP ingress as well."),
            key(
                    "TelemetryIngress.Endpoints[].Network",
                    STRING,
                    UNSET,
                    INERT,
                    "Kind of network whose telemetry goes to this endpoint."),
            key(
                    "TelemetryIngress.Endpoints[].ChainID",
                    STRING,
                    UNSET,
                    INERT,
                    "Chain whose telemetry goes to this endpoint."),
            key("TelemetryIngress.Endpoints[].URL", URL, UNSET, INERT, "Host and port, or URL, of this endpoint."),
            key(
                    "TelemetryIngress.Endpoints[].ServerPubKey",
                    STRING,
                    UNSET,
                    INERT,
                    "CSA public key of this endpoint, hex."),
            key("AuditLogger.Enabled", BOOL, "false", LIVE, "Send audit events to ForwardToUrl."),
            key("AuditLogger.ForwardToUrl", URL, UNSET, LIVE, "Audit events are posted here."),
            key("AuditLogger.JsonWrapperKey", STRING, UNSET, LIVE, "Wrap each event in an object under this name."),
            key(
                    "AuditLogger.Headers",
                    HEADERS,
                    UNSET,
                    LIVE,
                    "Headers of each request, as Name: value; the name of letters and hyphens, the value of letters"
                            + " and punctuation without digits."),
            key(
                    "Log.Level",
                    LOG_LEVEL,
                    "info",
                    LIVE,
                    "Least level on the console: debug, info, warn, error, crit, panic or fatal."),
            key("Log.JSONConsole", BOOL, "false", LIVE, "One JSON object a line on the console."),
            key("Log.UnixTS", BOOL, "false", LIVE, "Seconds since 1970 instead of ISO 8601."),
            key("Log.File.Dir", STRING, UNSET, LIVE, "Folder of chainlink_debug.log; unset = RootDir."),
            key(
                    "Log.File.MaxSize",
                    FILE_SIZE,
                    "5120mb",
                    LIVE,
                    "The file is rotated at this size; below 1mb there is no file."),
            key("Log.File.MaxAgeDays", INT64, "0", LIVE, "Log files older than this many days are deleted; 0 = never."),
            key("Log.File.MaxBackups", INT64, "1", LIVE, "Old log files that are kept; 0 = all."),
            key(
                    "WebServer.AuthenticationMethod",
                    AUTHENTICATION,
                    "local",
                    INERT,
                    "Who knows the users: local, ldap or oidc; this version knows local only."),
            key(
                    "WebServer.AllowOrigins",
                    STRING,
                    "http://localhost:3000,http://localhost:6688",
                    LIVE,
                    "Origins of browsers that may call the API, comma separated, or *."),
            key(
                    "WebServer.BridgeResponseURL",
                    URL,
                    UNSET,
                    LIVE,
                    "This node's own URL, given to asynchronous bridges for their answer."),
            key(
                    "WebServer.BridgeCacheTTL",
                    DURATION,
                    "0s",
                    LIVE,
                    "How old an answer of a bridge may be to stand in for a failed call."),
            key("WebServer.HTTPWriteTimeout", DURATION, "10s", INERT, "Limit for answering a request."),
            key(
                    "WebServer.HTTPPort",
                    UINT16,
                    "6688",
                    LIVE,
                    "Port of API, UI and metrics; 0 = off; one of HTTPPort and TLS.HTTPSPort must be on."),
            key(
                    "WebServer.SecureCookies",
                    BOOL,
                    "true",
                    LIVE,
                    "Send the session cookie over TLS only; must be false for a UI on plain HTTP."),
            key("WebServer.SessionTimeout", DURATION, "15m", LIVE, "A session not used for this long ends."),
            key(
                    "WebServer.SessionReaperExpiration",
                    DURATION,
                    "240h",
                    LIVE,
                    "Sessions not used for this long are deleted."),
            key("WebServer.HTTPMaxSize", FILE_SIZE, "32768b", LIVE, "Largest body of a request."),
            key("WebServer.StartTimeout", DURATION, "15s", INERT, "Limit for starting the server."),
            key("WebServer.ListenIP", IP, "0.0.0.0", LIVE, "Address that HTTP listens at."),
            key("WebServer.LDAP.ServerTLS", BOOL, "true", INERT, "Speak TLS with the server."),
            key("WebServer.LDAP.SessionTimeout", DURATION, "15m0s", INERT, "A session not used for this long ends."),
            key("WebServer.LDAP.QueryTimeout", DURATION, "2m0s", INERT, "Limit for a search."),
            key("WebServer.LDAP.BaseUserAttr", STRING, "uid", INERT, "Attribute that holds a user's name."),
            key("WebServer.LDAP.BaseDN", STRING, UNSET, INERT, "Where in the directory to search."),
            key("WebServer.LDAP.UsersDN", STRING, "ou=users", INERT, "Where below BaseDN users are."),
            key("WebServer.LDAP.GroupsDN", STRING, "ou=groups", INERT, "Where below BaseDN groups are."),
            key(
                    "WebServer.LDAP.ActiveAttribute",
                    STRING,
                    UNSET,
                    INERT,
                    "Attribute that tells whether a user is active."),
            key(
                    "WebServer.LDAP.ActiveAttributeAllowedValue",
                    STRING,
                    UNSET,
                    INERT,
                    "Value of ActiveAttribute for active users."),
            key("WebServer.LDAP.AdminUserGroupCN", STRING, "NodeAdmins", INERT, "Group whose members are admins."),
            key("WebServer.LDAP.EditUserGroupCN", STRING, "NodeEditors", INERT, "Group whose members may edit."),
            key("WebServer.LDAP.RunUserGroupCN", STRING, "NodeRunners", INERT, "Group whose members may run jobs."),
            key("WebServer.LDAP.ReadUserGroupCN", STRING, "NodeReadOnly", INERT, "Group whose members may look."),
            key("WebServer.LDAP.UserApiTokenEnabled", BOOL, "false", INERT, "Users may have API tokens."),
            key("WebServer.LDAP.UserAPITokenDuration", DURATION, "240h0m0s", INERT, "How long an API token is good."),
            key(
                    "WebServer.LDAP.UpstreamSyncInterval",
                    DURATION,
                    "0s",
                    INERT,
                    "How often users are read from the server; 0 = never in the background."),
            key("WebServer.LDAP.UpstreamSyncRateLimit", DURATION, "2m0s", INERT, "Least time between two such reads."),
            key("WebServer.OIDC.ClientID", STRING, UNSET, INERT, "The node's id at the provider."),
            key("WebServer.OIDC.ProviderURL", STRING, UNSET, INERT, "The issuer of the tokens."),
            key(
                    "WebServer.OIDC.RedirectURL",
                    STRING,
                    UNSET,
                    INERT,
                    "Where the provider sends the browser back: the node with /signin."),
            key("WebServer.OIDC.ClaimName", STRING, "groups", INERT, "Claim of the token that holds the groups."),
            key("WebServer.OIDC.AdminClaim", STRING, "NodeAdmins", INERT, "Group whose members are admins."),
            key("WebServer.OIDC.EditClaim", STRING, "NodeEditors", INERT, "Group whose members may edit."),
            key("WebServer.OIDC.RunClaim", STRING, "NodeRunners", INERT, "Group whose members may run jobs."),
            key("WebServer.OIDC.ReadClaim", STRING, "NodeReadOnly", INERT, "Group whose members may look."),
            key("WebServer.OIDC.SessionTimeout", DURATION, "15m0s", INERT, "A session not used for this long ends."),
            key("WebServer.OIDC.UserAPITokenEnabled", BOOL, "false", INERT, "Users may have API tokens."),
            key("WebServer.OIDC.UserAPITokenDuration", DURATION, "240h0m0s", INERT, "How long an API token is good."),
            key("WebServer.MFA.RPID", STRING, UNSET, INERT, "Host name that security keys are bound to."),
            key("WebServer.MFA.RPOrigin", STRING, UNSET, INERT, "Origin that security keys are used from."),
            key(
                    "WebServer.RateLimit.Authenticated",
                    INT64,
                    "1000",
                    LIVE,
                    "Requests of one client address with a login, in a period."),
            key(
                    "WebServer.RateLimit.AuthenticatedPeriod",
                    DURATION,
                    "1m",
                    LIVE,
                    "The period that Authenticated counts in."),
            key(
                    "WebServer.RateLimit.Unauthenticated",
                    INT64,
                    "5",
                    LIVE,
                    "Requests of one client address without a login, in a period."),
            key(
                    "WebServer.RateLimit.UnauthenticatedPeriod",
                    DURATION,
                    "20s",
                    LIVE,
                    "The period that Unauthenticated counts in."),
            key("WebServer.TLS.CertPath", STRING, UNSET, LIVE, "Certificate, PEM; unset = tls/server.crt in RootDir."),
            key("WebServer.TLS.ForceRedirect", BOOL, "false", LIVE, "Send browsers from HTTP to HTTPS."),
            key("WebServer.TLS.Host", STRING, UNSET, LIVE, "Host name to send browsers to."),
            key("WebServer.TLS.HTTPSPort", UINT16, "6689", LIVE, "Port of HTTPS; 0 = off."),
            key("WebServer.TLS.KeyPath", STRING, UNSET, LIVE, "Private key, PEM; unset = tls/server.key in RootDir."),
            key("WebServer.TLS.ListenIP", IP, "0.0.0.0", LIVE, "Address that HTTPS listens at."));
}
