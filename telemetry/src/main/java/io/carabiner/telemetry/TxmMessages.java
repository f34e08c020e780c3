package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/** What the node says about its transactions on one chain. Thread-safe. */
public final class TxmMessages {

    /** A trouble that lasts is told this seldom. */
    private static final Duration AGAIN = Duration.ofMinutes(10);

    private final OperatorLog log;
    private final Repeats repeats;

    /** The messages of one chain, under the Go node's logger name {@code EVM.<chain id>.Txm}. */
    public TxmMessages(ChainId chain, TimeSource time) {
        this.log = OperatorLog.named("EVM." + chain + ".Txm");
        this.repeats = new Repeats(time, AGAIN);
    }

    /** A transaction was given to the network. */
    public void broadcast(long transactionId, String hash, long nonce) {
        log.info(
                "TXM_BROADCAST",
                "Transaction sent",
                field("txID", transactionId),
                field("txHash", hash),
                field("nonce", nonce));
    }

    /** A transaction gets a new attempt at a higher price. */
    public void bumped(long transactionId, long nonce, String hash) {
        log.info(
                "TXM_REPLACED",
                "Transaction gets a new attempt in place of the last one",
                field("txID", transactionId),
                field("nonce", nonce),
                field("txHash", hash));
    }

    /** A price cannot be raised any more. */
    public void bumpAtLimit(long transactionId, long nonce, String wantedWei, String ceilingWei) {
        log.warn(
                "TXM_BUMP_AT_LIMIT",
                "Gas price cannot be raised: the limit is reached (EVM.GasEstimator.PriceMax); sending the same again",
                field("txID", transactionId),
                field("nonce", nonce),
                field("wantedWei", wantedWei),
                field("limitWei", ceilingWei));
    }

    /** A price is high enough, and still the transaction is not mined. */
    public void unconnected(long transactionId, long nonce) {
        log.critical(
                "TXM_UNCONNECTED",
                "Transaction is not mined though it offers more than most that were: it seems not to reach those who"
                        + " make blocks; the price is not raised, the same is sent again. Check the endpoints"
                        + " (EVM.GasEstimator.BlockHistory.CheckInclusionBlocks)",
                field("txID", transactionId),
                field("nonce", nonce));
    }

    /** What was sent before is sent again. */
    public void resent(long transactionId, long nonce, String answer) {
        log.debug(
                "TXM_RESENT",
                "Transaction sent again",
                field("txID", transactionId),
                field("nonce", nonce),
                field("answer", answer));
    }

    /** No endpoint took a transaction; it is tried again. */
    public void refused(long transactionId, long nonce, String reason) {
        log.warn(
                "TXM_NOT_TAKEN",
                "No endpoint took the transaction; it will be tried again",
                field("txID", transactionId),
                field("nonce", nonce),
                field("reason", reason));
    }

    /** A guard refused a transaction before it had a nonce. */
    public void refusedByGate(long transactionId, String reason) {
        log.error(
                "TXM_REFUSED_BY_GUARD",
                "A guard refused a transaction; it will not be sent",
                field("txID", transactionId),
                field("reason", reason));
    }

    /** The guards could not be asked. */
    public void gateFailed(String key, Throwable cause) {
        log.error(
                "TXM_GUARD_FAILED",
                "The guards could not be asked; the transactions wait and the guards are asked again",
                cause,
                field("key", key));
    }

    /** The key cannot pay; told once in ten minutes. */
    public void outOfFunds(String key, long transactionId, String reason) {
        OptionalInt kept = repeats.tell("funds " + key);
        if (kept.isPresent()) {
            log.critical(
                    "TXM_OUT_OF_FUNDS",
                    "Key has insufficient funds: send native coin to it; its transactions wait until then",
                    field("key", key),
                    field("txID", transactionId),
                    field("reason", reason),
                    field("repeated", kept.getAsInt()));
        }
    }

    /** A transaction can never be mined; its nonce is used up by an empty one. */
    public void purged(long transactionId, long nonce, String reason) {
        log.error(
                "TXM_PURGED",
                "Transaction can never be mined; an empty transaction takes its nonce",
                field("txID", transactionId),
                field("nonce", nonce),
                field("reason", reason));
    }

    /** The chain had what was to be sent. */
    public void adopted(long transactionId, long nonce, String hash) {
        log.warn(
                "TXM_ADOPTED",
                "The chain has the transaction already, sent before the database was set back; it is not sent again",
                field("txID", transactionId),
                field("nonce", nonce),
                field("txHash", hash));
    }

    /** It could not be found out who used nonces of the key. */
    public void strangersUnknown(String key, long fromNonce, long toNonce, Throwable cause) {
        log.error(
                "TXM_STRANGERS_UNKNOWN",
                "It could not be found out which transactions used these nonces of the key: if the database is an older"
                        + " copy, queued transactions that were sent before may be sent again",
                cause,
                field("key", key),
                field("fromNonce", fromNonce),
                field("toNonce", toNonce));
    }

    /** A transaction that may be forwarded is sent directly. */
    public void noForwarder(String key) {
        log.warn(
                "TXM_NO_FORWARDER",
                "Forwarding is allowed but no tracked forwarder lets the key pass: sending directly. Track the"
                        + " forwarder (carabiner forwarders track) and authorize the key in it",
                field("key", key));
    }

    /** A forwarder contract did not say whom it lets pass. */
    public void forwarderSilent(String forwarder, Throwable cause) {
        log.warn(
                "TXM_FORWARDER_SILENT",
                "A forwarder did not say which keys it lets pass; what it last said is used",
                cause,
                field("forwarder", forwarder));
    }

    /** A person did something to a transaction or a key. */
    public void operatorActed(String actor, String action, String result) {
        log.warn(
                "TXM_OPERATOR_ACTED",
                "An operator acted on transactions",
                field("actor", actor),
                field("action", action),
                field("result", result));
    }

    /** Nonces that nothing took are filled. */
    public void gapFilled(String key, List<Long> nonces) {
        log.error(
                "TXM_NONCE_GAP",
                "Nonces of the key are empty below transactions that wait; filling them with empty transactions",
                field("key", key),
                field("nonces", nonces));
    }

    /** The chain knows transactions of the key that the database does not. */
    public void nonceFastForwarded(String key, long expected, long nonce) {
        log.warn(
                "TXM_NONCE_AHEAD",
                "The chain is ahead of the database's nonce: the key is used elsewhere too, or the database is an older"
                        + " copy; going on with the chain's nonce",
                field("key", key),
                field("expectedNonce", expected),
                field("nonce", nonce));
    }

    /** The chain has forgotten transactions that were final. */
    public void chainBehind(String key, long chainNonce, long expected) {
        log.critical(
                "TXM_CHAIN_BEHIND",
                "The chain has fewer transactions of the key than were final here: it was reset, or the endpoint is far"
                        + " behind; nothing new is sent until it agrees",
                field("key", key),
                field("chainNonce", chainNonce),
                field("expectedNonce", expected));
    }

    /** A transaction was mined and failed. */
    public void reverted(long transactionId, String hash) {
        log.warn("TXM_REVERTED", "Transaction reverted on-chain", field("txID", transactionId), field("txHash", hash));
    }

    /** A mined transaction is in no block any more. */
    public void reorged(long transactionId, long nonce) {
        log.warn(
                "TXM_REORGED",
                "The block of a transaction is not in the chain any more; sending it again",
                field("txID", transactionId),
                field("nonce", nonce));
    }

    /** A transaction will never have a receipt. */
    public void lost(long transactionId, long nonce, String error) {
        log.error(
                "TXM_LOST",
                "Something else used the transaction's nonce for good, or no endpoint knows its receipt",
                field("txID", transactionId),
                field("nonce", nonce),
                field("err", error));
    }

    /** An operator gave a transaction up. */
    public void givenUp(long transactionId, long nonce, String reason) {
        log.warn(
                "TXM_GIVEN_UP",
                "Transaction is given up; an empty transaction takes its nonce, unless the first one is mined before",
                field("txID", transactionId),
                field("nonce", nonce),
                field("reason", reason));
    }

    /** A remote signer did not sign; it is asked again. Told once in ten minutes for each key and kind of fault. */
    public void signerFailed(String key, FaultException fault) {
        OptionalInt kept = repeats.tell("signer " + key + fault.code());
        if (kept.isPresent()) {
            log.error(
                    fault.code(),
                    String.valueOf(fault.getMessage()),
                    field("key", key),
                    field("repeated", kept.getAsInt()));
        }
    }

    /** A remote signer does not know keys that it shall sign for. */
    public void signerLacksKeys(String keys) {
        log.error(
                "TXM_SIGNER_LACKS_KEYS",
                "The remote signer does not list keys that it shall sign for (Carabiner.EVM.RemoteSigner.Keys): give"
                        + " them to it, or take them out",
                field("keys", keys));
    }

    /** A step failed; the rows are read again. Told once in ten minutes for each kind of fault. */
    public void stepFailed(String key, Throwable cause) {
        if (cause instanceof FaultException fault && fault.code().startsWith("RPC_")) {
            chainSilent(key, fault, repeats.tell("rpc " + key));
            return;
        }
        if (cause instanceof FaultException fault && fault.code().startsWith("SIGNER_")) {
            signerFailed(key, fault);
            return;
        }
        OptionalInt kept = repeats.tell("step " + key + cause.getClass().getName());
        if (kept.isPresent()) {
            log.error(
                    "TXM_STEP_FAILED",
                    "A step of the transaction manager failed; it goes on from what is stored",
                    cause,
                    field("key", key),
                    field("repeated", kept.getAsInt()));
        }
    }

    private void chainSilent(String key, FaultException fault, OptionalInt kept) {
        if (kept.isPresent()) {
            log.warn(
                    "TXM_CHAIN_SILENT",
                    "Transactions of this key wait, because no RPC endpoint answers; they go on by themselves: "
                            + fault.getMessage(),
                    field("key", key),
                    field("repeated", kept.getAsInt()));
        }
    }

    /** The chain could not be asked what became of transactions. */
    public void chainNotRead(long head, Throwable cause) {
        log.warn(
                "TXM_CHAIN_NOT_READ",
                "The chain could not be asked what became of transactions; asking again",
                cause,
                field("blockNumber", head));
    }

    /** This process is not the active one any more. */
    public void fenced(String key) {
        log.critical(
                "TXM_FENCED",
                "The database lease is lost: no more transactions are sent by this process",
                field("key", key));
    }

    /** Old rows were removed. */
    public void reaped(long rows) {
        log.debug("TXM_REAPED", "Old transactions removed", field("count", rows));
    }
}
