package io.carabiner.config;

import static io.carabiner.config.ConfigKey.UNSET;
import static io.carabiner.config.ConfigKey.Use.LIVE;
import static io.carabiner.config.ConfigKey.quiet;
import static io.carabiner.config.KeyTypes.ADDRESSES;
import static io.carabiner.config.KeyTypes.API_GENERATION;
import static io.carabiner.config.KeyTypes.BOOL;
import static io.carabiner.config.KeyTypes.CHAIN_ID;
import static io.carabiner.config.KeyTypes.DESTINATIONS;
import static io.carabiner.config.KeyTypes.DURATION;
import static io.carabiner.config.KeyTypes.PROFIT_GATE;
import static io.carabiner.config.KeyTypes.STRING;
import static io.carabiner.config.KeyTypes.UINT16;
import static io.carabiner.config.KeyTypes.UINT32;
import static io.carabiner.config.KeyTypes.UINT64;
import static io.carabiner.config.KeyTypes.URL;
import static io.carabiner.config.KeyTypes.WEI;

import java.util.List;
import java.util.stream.Stream;

/**
 * The keys that the Go node does not have: all below {@link #ROOT}, all optional, all quiet (shown only when set).
 * What concerns one chain stands in an entry of {@code [[Carabiner.EVM]]}, which names the chain.
 *
 * @see <a href="../../../../../../../docs/decisions/0006-own-keys-under-carabiner.md">decision 6</a>
 */
final class CarabinerKeys {

    static final String ROOT = "Carabiner";

    private static final List<ConfigKey> API = List.of(quiet(
            "Carabiner.API.GoVersion",
            API_GENERATION,
            "2.31",
            LIVE,
            "The version of the Go node whose names the API uses where they differ: 2.31 or 2.15."));

    private static final List<ConfigKey> KEYS = List.of(
            quiet(
                    "Carabiner.Keys.NativeSigning",
                    BOOL,
                    "true",
                    LIVE,
                    "Sign with the machine's libsecp256k1 where it is found; false = always with the built-in code."),
            quiet(
                    "Carabiner.RPC.DailyCallsMax",
                    UINT32,
                    "0",
                    LIVE,
                    "RPC calls of each chain in a UTC day after which what can wait is put off; 0 = no limit."));

    private static final List<ConfigKey> WEB_SERVER = List.of(quiet(
            "Carabiner.WebServer.SelfSignedTLS",
            BOOL,
            "false",
            LIVE,
            "Make a certificate for HTTPS, which signs itself, where there is none yet."));

    private static final List<ConfigKey> OUTBOUND = List.of(
            quiet(
                    "Carabiner.Outbound.StrictLiterals",
                    BOOL,
                    "false",
                    LIVE,
                    "Refuse private addresses also where an http task's URL is written out in the job."),
            quiet(
                    "Carabiner.Outbound.AllowList",
                    DESTINATIONS,
                    UNSET,
                    LIVE,
                    "Private addresses, ranges ('10.1.0.0/16') and host names that http tasks may reach all the same."),
            quiet(
                    "Carabiner.Outbound.MaxRedirects",
                    UINT16,
                    "10",
                    LIVE,
                    "How many redirects an http or bridge task follows; the last one of them is an error, as in Go."));

    private static final List<ConfigKey> BRIDGES = List.of(
            quiet(
                    "Carabiner.Bridges.Timeout",
                    DURATION,
                    "0s",
                    LIVE,
                    "How long one request to a bridge may take, beside the task's own limits; 0s = no further limit."),
            quiet(
                    "Carabiner.Bridges.MaxRequests",
                    UINT16,
                    "0",
                    LIVE,
                    "How many requests to one bridge may be under way at once; others wait for their turn. 0 = any."),
            quiet(
                    "Carabiner.Bridges.MaxFailures",
                    UINT16,
                    "0",
                    LIVE,
                    "After how many failures in a row a bridge is left alone for a while. 0 = never."),
            quiet(
                    "Carabiner.Bridges.Pause",
                    DURATION,
                    "30s",
                    LIVE,
                    "How long a bridge is left alone before one request tries it again."));

    private static final List<ConfigKey> CHAINS = List.of(
            quiet("Carabiner.EVM[].ChainID", CHAIN_ID, UNSET, LIVE, "The chain of this entry; it must be in EVM too."),
            quiet(
                    "Carabiner.EVM[].LowBalance",
                    WEI,
                    UNSET,
                    LIVE,
                    "Warn while an enabled key has less than this; unset = only when it cannot pay for one"
                            + " transaction."));

    private static final List<ConfigKey> SIGNERS = List.of(
            quiet(
                    "Carabiner.EVM[].RemoteSigner.URL",
                    URL,
                    UNSET,
                    LIVE,
                    "Where a Web3Signer (eth1 mode) listens that signs for this chain; unset = none."),
            quiet(
                    "Carabiner.EVM[].RemoteSigner.Keys",
                    ADDRESSES,
                    "[]",
                    LIVE,
                    "The accounts it signs for; no other of its accounts is used."),
            quiet(
                    "Carabiner.EVM[].RemoteSigner.Timeout",
                    DURATION,
                    "5s",
                    LIVE,
                    "How long it may take for one signature."),
            quiet(
                    "Carabiner.EVM[].RemoteSigner.CAFile",
                    STRING,
                    UNSET,
                    LIVE,
                    "Certificates (PEM) that its own is checked against; unset = those of the machine."),
            quiet(
                    "Carabiner.EVM[].RemoteSigner.ClientKeyStore",
                    STRING,
                    UNSET,
                    LIVE,
                    "A PKCS#12 file with the certificate and key by which it knows this node; unset = none."),
            quiet(
                    "Carabiner.EVM[].RemoteSigner.ClientKeyStorePasswordFile",
                    STRING,
                    UNSET,
                    LIVE,
                    "The file whose first line opens ClientKeyStore."));

    private static final List<ConfigKey> CHAIN_GUARDS = List.of(
            quiet(
                    "Carabiner.EVM[].Guards.SpendPerKeyPerDay",
                    WEI,
                    UNSET,
                    LIVE,
                    "For this chain in place of Carabiner.Guards.SpendPerKeyPerDay."),
            quiet(
                    "Carabiner.EVM[].Guards.SpendPerJobPerDay",
                    WEI,
                    UNSET,
                    LIVE,
                    "For this chain in place of Carabiner.Guards.SpendPerJobPerDay."),
            quiet(
                    "Carabiner.EVM[].Guards.SpendPerRequesterPerDay",
                    WEI,
                    UNSET,
                    LIVE,
                    "For this chain in place of Carabiner.Guards.SpendPerRequesterPerDay."),
            quiet(
                    "Carabiner.EVM[].Guards.LinkPrice",
                    WEI,
                    UNSET,
                    LIVE,
                    "What one LINK is worth in this chain's coin; in place of Carabiner.Guards.LinkPrice."),
            quiet(
                    "Carabiner.EVM[].Guards.GasCeiling",
                    UINT64,
                    UNSET,
                    LIVE,
                    "For this chain in place of Carabiner.Guards.GasCeiling."));

    private static final List<ConfigKey> GUARDS = List.of(
            quiet(
                    "Carabiner.Guards.SpendPerKeyPerDay",
                    WEI,
                    UNSET,
                    LIVE,
                    "What a key may spend on gas and value in a day (UTC), on each chain; unset = no limit."),
            quiet(
                    "Carabiner.Guards.SpendPerJobPerDay",
                    WEI,
                    UNSET,
                    LIVE,
                    "What a job may spend in a day, on each chain; unset = no limit."),
            quiet(
                    "Carabiner.Guards.SpendPerRequesterPerDay",
                    WEI,
                    UNSET,
                    LIVE,
                    "What may be spent in a day on the requests of one requester; unset = no limit."),
            quiet(
                    "Carabiner.Guards.ProfitGate",
                    PROFIT_GATE,
                    "off",
                    LIVE,
                    "Refuse an answer whose request pays less than the answer can cost; says what requests pay in."),
            quiet(
                    "Carabiner.Guards.LinkPrice",
                    WEI,
                    UNSET,
                    LIVE,
                    "What one LINK is worth in the chain's coin; ProfitGate 'link' needs it."),
            quiet(
                    "Carabiner.Guards.ProfitMarginPercent",
                    UINT32,
                    "0",
                    LIVE,
                    "How much more than the cost a request must pay."),
            quiet(
                    "Carabiner.Guards.Simulate",
                    BOOL,
                    "false",
                    LIVE,
                    "Try a transaction out (eth_call, eth_estimateGas) and refuse it if it would fail."),
            quiet(
                    "Carabiner.Guards.GasCeiling",
                    UINT64,
                    UNSET,
                    LIVE,
                    "Refuse a transaction that uses more gas when tried out; unset = no limit."),
            quiet(
                    "Carabiner.Guards.AllowRequesters",
                    ADDRESSES,
                    "[]",
                    LIVE,
                    "Answer the requests of these only; empty = of all."),
            quiet("Carabiner.Guards.DenyRequesters", ADDRESSES, "[]", LIVE, "Never answer the requests of these."));

    static final List<ConfigKey> ALL = Stream.of(
                    API, KEYS, OUTBOUND, BRIDGES, GUARDS, WEB_SERVER, CHAINS, SIGNERS, CHAIN_GUARDS)
            .flatMap(List::stream)
            .toList();

    private CarabinerKeys() {}
}
