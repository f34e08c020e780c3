package io.carabiner.config;

import static io.carabiner.config.ConfigKey.UNSET;
import static io.carabiner.config.ConfigKey.Use.INERT;
import static io.carabiner.config.ConfigKey.Use.LIVE;
import static io.carabiner.config.ConfigKey.key;
import static io.carabiner.config.KeyTypes.BOOL;
import static io.carabiner.config.KeyTypes.INT64;
import static io.carabiner.config.KeyTypes.SECRET;
import static io.carabiner.config.KeyTypes.SECRET_URL;

import java.util.List;

/** The keys of secrets files, in the order in which they are printed. */
final class SecretKeys {

    private SecretKeys() {}

    static final List<ConfigKey> ALL = List.of(
            key("Database.URL", SECRET_URL, UNSET, LIVE, "The database, with user and password; required."),
            key("Database.BackupURL", SECRET_URL, UNSET, LIVE, "Where backups are read from, such as a replica."),
            key(
                    "Database.AllowSimplePasswords",
                    BOOL,
                    "false",
                    INERT,
                    "Accept short passwords; refused by release builds."),
            key("Password.Keystore", SECRET, UNSET, LIVE, "Unlocks the key store; required here or with --password."),
            key("Password.VRF", SECRET, UNSET, INERT, "Unlocks VRF keys of old nodes."),
            key("WebServer.LDAP.ServerAddress", SECRET_URL, UNSET, INERT, "The LDAP server."),
            key("WebServer.LDAP.ReadOnlyUserLogin", SECRET, UNSET, INERT, "The user that searches the directory."),
            key("WebServer.LDAP.ReadOnlyUserPass", SECRET, UNSET, INERT, "The password of that user."),
            key(
                    "WebServer.OIDC.clientSecret",
                    SECRET,
                    UNSET,
                    INERT,
                    "The node's secret at the OpenID Connect provider."),
            key("Pyroscope.AuthToken", SECRET, UNSET, INERT, "Token for the profiling server."),
            key("Prometheus.AuthToken", SECRET, UNSET, LIVE, "When set, /metrics asks for it as a bearer token."),
            key("Mercury.Credentials.*.LegacyURL", SECRET_URL, UNSET, INERT, "Old address of a Mercury server."),
            key(
                    "Mercury.Credentials.*.URL",
                    SECRET_URL,
                    UNSET,
                    INERT,
                    "Address of a Mercury server; required and unique."),
            key("Mercury.Credentials.*.Username", SECRET, UNSET, INERT, "User at that server."),
            key("Mercury.Credentials.*.Password", SECRET, UNSET, INERT, "Password at that server."),
            key("Threshold.ThresholdKeyShare", SECRET, UNSET, INERT, "The node's share of a threshold key."),
            key("CRE.Streams.ApiKey", SECRET, UNSET, INERT, "Key for data streams."),
            key("CRE.Streams.ApiSecret", SECRET, UNSET, INERT, "Secret for data streams."),
            key("EVM.Keys[].JSON", SECRET, UNSET, INERT, "A key to import at the start, web3 key store form."),
            key("EVM.Keys[].ID", INT64, UNSET, INERT, "The chain that key serves."),
            key("EVM.Keys[].Password", SECRET, UNSET, INERT, "The password that key is under."),
            key("Solana.Keys[].JSON", SECRET, UNSET, INERT, "A Solana key to import at the start."),
            key("Solana.Keys[].ID", KeyTypes.STRING, UNSET, INERT, "The chain that key serves."),
            key("Solana.Keys[].Password", SECRET, UNSET, INERT, "The password that key is under."),
            key("P2PKey.JSON", SECRET, UNSET, INERT, "A peer-to-peer key to import at the start."),
            key("P2PKey.Password", SECRET, UNSET, INERT, "The password that key is under."),
            key("DKGRecipientKey.JSON", SECRET, UNSET, INERT, "A key for distributed key generation to import."),
            key("DKGRecipientKey.Password", SECRET, UNSET, INERT, "The password that key is under."));
}
