package io.carabiner.config;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the secrets files and the secret {@code CL_*} variables gave. Every text in it prints masked.
 *
 * @param database where the node's database and its backup are
 * @param password what unlocks the key store
 * @param pyroscope the profiler's token
 * @param prometheus the token that {@code /metrics} then demands
 * @param mercury credentials by name
 * @param threshold the share of a threshold key
 * @param webServer what logins through LDAP or OIDC need
 * @param evm keys to be imported at the start
 */
public record Secrets(
        Database database,
        Password password,
        Pyroscope pyroscope,
        Prometheus prometheus,
        Mercury mercury,
        Threshold threshold,
        WebServer webServer,
        Evm evm) {

    /**
     * The URL of the database.
     *
     * @throws IllegalStateException if the configuration was made without checking the secrets
     */
    public Secret databaseUrl() {
        return database.url().orElseThrow(() -> new IllegalStateException("these secrets hold no Database.URL"));
    }

    /**
     * The password of the key store.
     *
     * @throws IllegalStateException if the configuration was made without checking the secrets
     */
    public Secret keystorePassword() {
        return password.keystore()
                .orElseThrow(() -> new IllegalStateException("these secrets hold no Password.Keystore"));
    }

    /** Section {@code Database} of the secrets. */
    public record Database(Optional<Secret> url, Optional<Secret> backupUrl, boolean allowSimplePasswords) {}

    /** Section {@code Password} of the secrets. */
    public record Password(Optional<Secret> keystore, Optional<Secret> vrf) {}

    /** Section {@code Pyroscope} of the secrets. */
    public record Pyroscope(Optional<Secret> authToken) {}

    /** Section {@code Prometheus} of the secrets. */
    public record Prometheus(Optional<Secret> authToken) {}

    /** Section {@code Mercury} of the secrets: credentials by name. */
    public record Mercury(Map<String, MercuryCredentials> credentials) {}

    /** One entry of {@code Mercury.Credentials}. */
    public record MercuryCredentials(
            Optional<Secret> legacyUrl, Optional<Secret> url, Optional<Secret> username, Optional<Secret> password) {}

    /** Section {@code Threshold} of the secrets. */
    public record Threshold(Optional<Secret> thresholdKeyShare) {}

    /** Section {@code WebServer} of the secrets. */
    public record WebServer(Ldap ldap, Oidc oidc) {}

    /** Section {@code WebServer.LDAP} of the secrets. */
    public record Ldap(
            Optional<Secret> serverAddress, Optional<Secret> readOnlyUserLogin, Optional<Secret> readOnlyUserPass) {}

    /** Section {@code WebServer.OIDC} of the secrets. */
    public record Oidc(Optional<Secret> clientSecret) {}

    /** Section {@code EVM} of the secrets. */
    public record Evm(List<ImportedKey> keys) {}

    /** One entry of {@code EVM.Keys}: a key in web3 keystore form, the chain it serves and the password it is under. */
    public record ImportedKey(Optional<Secret> json, Optional<Long> id, Optional<Secret> password) {}
}
