package io.carabiner.config;

import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Section {@code Carabiner}: the settings that only this node has. Without the section it behaves as the defaults say.
 *
 * @param api which names the API uses
 * @param keys how keys sign
 * @param rpc how many calls endpoints get
 * @param outbound where tasks may fetch from
 * @param bridges what bridges may take
 * @param guards when a transaction is refused before it is sent
 * @param webServer how the API listens
 * @param evm what concerns one chain each; {@link #chain} finds it
 */
public record CarabinerConfig(
        Api api,
        Keys keys,
        Rpc rpc,
        Outbound outbound,
        Bridges bridges,
        GuardSettings guards,
        WebServer webServer,
        List<Chain> evm) {

    /**
     * Section {@code Carabiner.WebServer}.
     *
     * @param selfSignedTls whether a certificate is made where none is found
     */
    public record WebServer(boolean selfSignedTls) {}

    /**
     * Section {@code Carabiner.API}.
     *
     * @param goVersion whose names are used where the versions of the Go node differ
     */
    public record Api(ApiGeneration goVersion) {}

    /**
     * Section {@code Carabiner.Keys}.
     *
     * @param nativeSigning whether the machine's libsecp256k1 may sign
     */
    public record Keys(boolean nativeSigning) {}

    /**
     * Section {@code Carabiner.RPC}.
     *
     * @param dailyCallsMax the calls of a chain in a UTC day after which what can wait is put off; 0 for no limit
     */
    public record Rpc(long dailyCallsMax) {}

    /**
     * Section {@code Carabiner.Outbound}.
     *
     * @param strictLiterals whether URLs that are written out in a job are checked like others
     * @param allowList addresses, ranges and names of hosts that may be reached though they are private
     * @param maxRedirects how many redirects are followed
     */
    public record Outbound(boolean strictLiterals, Optional<List<String>> allowList, int maxRedirects) {}

    /**
     * Section {@code Carabiner.Bridges}; each holds for one bridge by itself.
     *
     * @param timeout how long one request may take; zero for no further limit
     * @param maxRequests how many may be under way at once; 0 for any number
     * @param maxFailures after how many failures in a row it is left alone; 0 for never
     * @param pause how long it is left alone
     */
    public record Bridges(Duration timeout, int maxRequests, int maxFailures, Duration pause) {}

    /**
     * An entry of {@code Carabiner.EVM}.
     *
     * @param chainId the chain; one of those in {@code EVM}
     * @param lowBalance below it a key's balance is warned of
     * @param remoteSigner who else signs for this chain
     * @param guards limits that differ from those for all chains
     */
    public record Chain(
            ChainId chainId, Optional<Wei> lowBalance, RemoteSigner remoteSigner, GuardSettings.OfChain guards) {}

    /**
     * Section {@code RemoteSigner} of an entry of {@code Carabiner.EVM}: a Web3Signer in eth1 mode.
     *
     * @param url where it listens; empty if there is none
     * @param keys the accounts it signs for; only these are used, whatever else it holds
     * @param timeout how long one signature may take
     * @param caFile certificates (PEM) that its own is checked against, in place of the machine's
     * @param clientKeyStore what this node shows of itself: a PKCS#12 file
     * @param clientKeyStorePasswordFile the file's first line opens {@code clientKeyStore}
     */
    public record RemoteSigner(
            Optional<URI> url,
            List<Address> keys,
            Duration timeout,
            Optional<String> caFile,
            Optional<String> clientKeyStore,
            Optional<String> clientKeyStorePasswordFile) {

        /** Copies the list. */
        public RemoteSigner {
            keys = List.copyOf(keys);
        }
    }

    /** What is set for a chain here; empty if nothing is. */
    public Optional<Chain> chain(ChainId id) {
        return evm.stream().filter(entry -> entry.chainId().equals(id)).findFirst();
    }
}
