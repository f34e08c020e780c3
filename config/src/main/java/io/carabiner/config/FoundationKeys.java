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

/** The keys of the root, Feature, Database, TelemetryIngress, AuditLogger, Log and WebServer, in the order in which they are printed. */
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
                    "The node's folder: logs, backups, cookies, session secret. Made 0700; ~ and environment variables are filled in."),
            key("ShutdownGracePeriod", DURATION, "5s", LIVE, "Max graceful stop time, then critical log + exit −1."),
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
            key("Database.DefaultQueryTimeout", DURATION, "10s", LIVE, "Limit for an ordinary query."),
            key("Database.LogQueries", BOOL, "false", INERT, "Log each SQL statement at debug level."),
            key("Database.MaxIdleConns", INT64, "10", LIVE, "Idle connections that are kept."),
            key("Database.MaxOpenConns", INT64, "100", LIVE, "Connections at most."),
            key("Database.MigrateOnStartup", BOOL, "true", LIVE, "Bring the tables up to date at the start."),
            key("Database.Backup.Dir", STRING, UNSET, INERT, "Folder of backups; unset = backup in RootDir."),
            key(
                    "Database.Backup.Frequency",
                    DURATION,
                    "1h",
                    INERT,
                    "How often a backup is made; 0 = never, else 1m or more."),
            key("Database.Backup.Mode", BACKUP_MODE, "none", INERT, "None, lite (without runs) or full."),
            key(
                    "Database.Backup.OnVersionUpgrade",
                    BOOL,
                    "true",
                    INERT,
                    "Make a backup before the tables are brought up to date."),
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
            key(
                    "Database.Lock.Enabled",
                    BOOL,
                    "true",
                    INERT,
                    "Allow only one node to write to the database at a time."),
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
                    "How often the lease is renewed, or asked for by a node that waits; half of LeaseDuration at most."),
            key("TelemetryIngress.UniConn", BOOL, "false", INERT, "Single WSRPC connection style."),
            key("TelemetryIngress.Logging", BOOL, "false", INERT, "Log raw telemetry."),
            key("TelemetryIngress.BufferSize", UINT16, "100", INERT, "Per-client buffer before dropping."),
            key("TelemetryIngress.MaxBatchSize", UINT16, "50", INERT, "Messages per batch."),
            key("TelemetryIngress.SendInterval", DURATION, "500ms", INERT, "Batch period."),
            key("TelemetryIngress.SendTimeout", DURATION, "10s", INERT, "Request timeout."),
            key("TelemetryIngress.UseBatchSend", BOOL, "true", INERT, "Use TelemBatch RPC."),
            key("TelemetryIngress.ChipIngressEnabled", BOOL, "false", INERT, "Also send to CHIP ingress."),
            key(
                    "TelemetryIngress.Endpoints[].Network",
                    STRING,
                    UNSET,
                    INERT,
                    "EVM, Solana, …; Network+ChainID select endpoint."),
            key("TelemetryIngress.Endpoints[].ChainID", STRING, UNSET, INERT, "Chain id."),
            key("TelemetryIngress.Endpoints[].URL", URL, UNSET, INERT, "Host:port or URL."),
            key("TelemetryIngress.Endpoints[].ServerPubKey", STRING, UNSET, INERT, "Server CSA public key hex."),
            key("AuditLogger.Enabled", BOOL, "false", INERT, "Turn audit log forwarder on."),
            key("AuditLogger.ForwardToUrl", URL, UNSET, INERT, "HTTP POST target."),
            key("AuditLogger.JsonWrapperKey", STRING, UNSET, INERT, "Wrap payload under this key."),
            key(
                    "AuditLogger.Headers",
                    HEADERS,
                    UNSET,
                    INERT,
                    "Headers of each request, as Name: value; the name of letters and hyphens, the value of letters and punctuation without digits."),
            key("Log.Level", LOG_LEVEL, "info", LIVE, "Console level: debug info warn error crit panic fatal."),
            key("Log.JSONConsole", BOOL, "false", LIVE, "JSON lines on stderr."),
            key("Log.UnixTS", BOOL, "false", LIVE, "Epoch ts instead of ISO8601."),
            key("Log.File.Dir", STRING, UNSET, LIVE, "Folder of chainlink_debug.log; unset = RootDir."),
            key(
                    "Log.File.MaxSize",
                    FILE_SIZE,
                    "5120mb",
                    LIVE,
                    "The file is rotated at this size; below 1mb there is no file."),
            key("Log.File.MaxAgeDays", INT64, "0", LIVE, "0 = keep regardless of age."),
            key("Log.File.MaxBackups", INT64, "1", LIVE, "Old files kept; 0 = all."),
            key("WebServer.AuthenticationMethod", AUTHENTICATION, "local", INERT, "Local, ldap or oidc."),
            key(
                    "WebServer.AllowOrigins",
                    STRING,
                    "http://localhost:3000,http://localhost:6688",
                    LIVE,
                    "CORS list, comma separated, or *."),
            key("WebServer.BridgeResponseURL", URL, UNSET, LIVE, "Base URL put in async bridge requests."),
            key("WebServer.BridgeCacheTTL", DURATION, "0s", INERT, "Bridge task last-value cache TTL."),
            key("WebServer.HTTPWriteTimeout", DURATION, "10s", LIVE, "HTTP write timeout."),
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
                    "Secure attribute on session cookie (must be false for plain HTTP UI)."),
            key("WebServer.SessionTimeout", DURATION, "15m", LIVE, "Idle session expiry."),
            key("WebServer.SessionReaperExpiration", DURATION, "240h", LIVE, "Delete sessions unused for this long."),
            key("WebServer.HTTPMaxSize", FILE_SIZE, "32768b", LIVE, "Max request body."),
            key("WebServer.StartTimeout", DURATION, "15s", INERT, "Server start wait."),
            key("WebServer.ListenIP", IP, "0.0.0.0", LIVE, "Bind address HTTP."),
            key("WebServer.LDAP.ServerTLS", BOOL, "true", INERT, "Require ldaps."),
            key("WebServer.LDAP.SessionTimeout", DURATION, "15m0s", INERT, "Idle expiry."),
            key("WebServer.LDAP.QueryTimeout", DURATION, "2m0s", INERT, "LDAP query timeout."),
            key("WebServer.LDAP.BaseUserAttr", STRING, "uid", INERT, "Non-empty."),
            key("WebServer.LDAP.BaseDN", STRING, UNSET, INERT, "Non-empty."),
            key("WebServer.LDAP.UsersDN", STRING, "ou=users", INERT, "Non-empty."),
            key("WebServer.LDAP.GroupsDN", STRING, "ou=groups", INERT, "Non-empty."),
            key("WebServer.LDAP.ActiveAttribute", STRING, UNSET, INERT, "Optional active-user attribute."),
            key("WebServer.LDAP.ActiveAttributeAllowedValue", STRING, UNSET, INERT, "Its expected value."),
            key("WebServer.LDAP.AdminUserGroupCN", STRING, "NodeAdmins", INERT, "Group→admin; non-empty."),
            key("WebServer.LDAP.EditUserGroupCN", STRING, "NodeEditors", INERT, "Group→edit; non-empty."),
            key("WebServer.LDAP.RunUserGroupCN", STRING, "NodeRunners", INERT, "Group→run; non-empty."),
            key("WebServer.LDAP.ReadUserGroupCN", STRING, "NodeReadOnly", INERT, "Group→view; non-empty."),
            key("WebServer.LDAP.UserApiTokenEnabled", BOOL, "false", INERT, "API tokens allowed."),
            key("WebServer.LDAP.UserAPITokenDuration", DURATION, "240h0m0s", INERT, "Token lifetime."),
            key("WebServer.LDAP.UpstreamSyncInterval", DURATION, "0s", INERT, "Background sync; 0 = off."),
            key("WebServer.LDAP.UpstreamSyncRateLimit", DURATION, "2m0s", INERT, "Min spacing of syncs."),
            key(
                    "WebServer.OIDC.ClientID",
                    STRING,
                    UNSET,
                    INERT,
                    "Required with oidc; secret WebServer.OIDC.clientSecret."),
            key("WebServer.OIDC.ProviderURL", STRING, UNSET, INERT, "Issuer; required."),
            key("WebServer.OIDC.RedirectURL", STRING, UNSET, INERT, "<base>/signin; required."),
            key("WebServer.OIDC.ClaimName", STRING, "groups", INERT, "Id_token claim holding groups; required."),
            key("WebServer.OIDC.AdminClaim", STRING, "NodeAdmins", INERT, "Group→admin; required."),
            key("WebServer.OIDC.EditClaim", STRING, "NodeEditors", INERT, "Group→edit; required."),
            key("WebServer.OIDC.RunClaim", STRING, "NodeRunners", INERT, "Group→run; required."),
            key("WebServer.OIDC.ReadClaim", STRING, "NodeReadOnly", INERT, "Group→view; required."),
            key("WebServer.OIDC.SessionTimeout", DURATION, "15m0s", INERT, "Idle expiry."),
            key("WebServer.OIDC.UserAPITokenEnabled", BOOL, "false", INERT, "Users may mint API tokens."),
            key("WebServer.OIDC.UserAPITokenDuration", DURATION, "240h0m0s", INERT, "Token lifetime."),
            key("WebServer.MFA.RPID", STRING, UNSET, INERT, "WebAuthn relying-party FQDN."),
            key("WebServer.MFA.RPOrigin", STRING, UNSET, INERT, "WebAuthn origin."),
            key(
                    "WebServer.RateLimit.Authenticated",
                    INT64,
                    "1000",
                    LIVE,
                    "Requests per period (per IP) on authed routes."),
            key(
                    "WebServer.RateLimit.AuthenticatedPeriod",
                    DURATION,
                    "1m",
                    LIVE,
                    "The period that Authenticated counts in."),
            key("WebServer.RateLimit.Unauthenticated", INT64, "5", LIVE, "Login routes etc."),
            key(
                    "WebServer.RateLimit.UnauthenticatedPeriod",
                    DURATION,
                    "20s",
                    LIVE,
                    "The period that Unauthenticated counts in."),
            key("WebServer.TLS.CertPath", STRING, UNSET, INERT, "PEM cert; unset = $RootDir/tls/server.crt."),
            key("WebServer.TLS.ForceRedirect", BOOL, "false", INERT, "Redirect HTTP→HTTPS."),
            key("WebServer.TLS.Host", STRING, UNSET, INERT, "Hostname used by redirect/allowed hosts."),
            key("WebServer.TLS.HTTPSPort", UINT16, "6689", INERT, "0 = TLS off."),
            key("WebServer.TLS.KeyPath", STRING, UNSET, INERT, "PEM key; unset = $RootDir/tls/server.key."),
            key("WebServer.TLS.ListenIP", IP, "0.0.0.0", INERT, "Bind address HTTPS."));
}
