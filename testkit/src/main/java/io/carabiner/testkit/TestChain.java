package io.carabiner.testkit;

import io.carabiner.localservers.AnvilOptions;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A real EVM chain (anvil) of its own for one test class, with the moves a test wants to make on it.
 *
 * <p>Safe for use by many threads.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class TestChain implements AutoCloseable {

    /** Chain 1337; every transaction is mined at once in a block of its own. */
    public static TestChain start() {
        throw new UnsupportedOperationException();
    }

    /** Chain 1337 with a block at a steady rate, whole seconds. */
    public static TestChain start(Duration blockTime) {
        throw new UnsupportedOperationException();
    }

    /** As the options say; {@link AnvilOptions#folder()} stays the caller's. */
    public static TestChain start(AnvilOptions options) {
        throw new UnsupportedOperationException();
    }

    /** {@code http://127.0.0.1:port}. */
    public URI httpUrl() {
        throw new UnsupportedOperationException();
    }

    /** {@code ws://127.0.0.1:port}. */
    public URI wsUrl() {
        throw new UnsupportedOperationException();
    }

    /** The chain's id. */
    public ChainId chainId() {
        throw new UnsupportedOperationException();
    }

    /** Ten accounts with 10,000 coins each whose keys anvil holds: {@link #send} works from them. */
    public List<Address> accounts() {
        throw new UnsupportedOperationException();
    }

    /** The private keys of {@link #accounts()}, in order: public knowledge, worthless elsewhere. */
    public List<Bytes> privateKeys() {
        throw new UnsupportedOperationException();
    }

    /** A JSON-RPC call; parameters are what Jackson can write. */
    public JsonNode call(String method, Object... params) {
        throw new UnsupportedOperationException();
    }

    /** Mines blocks now. */
    public void mine(int blocks) {
        throw new UnsupportedOperationException();
    }

    /** Stops (false) or starts (true) mining each transaction at once; off, transactions wait for {@link #mine}. */
    public void automine(boolean on) {
        throw new UnsupportedOperationException();
    }

    /** Replaces the newest blocks by as many empty ones; their transactions are gone. */
    public void reorg(int depth) {
        throw new UnsupportedOperationException();
    }

    /** The newest block's number. */
    public long blockNumber() {
        throw new UnsupportedOperationException();
    }

    /** An account's coins. */
    public Wei balance(Address account) {
        throw new UnsupportedOperationException();
    }

    /** Sets an account's coins. */
    public void setBalance(Address account, Wei balance) {
        throw new UnsupportedOperationException();
    }

    /** How many transactions of the account are mined. */
    public long transactionCount(Address account) {
        throw new UnsupportedOperationException();
    }

    /** Lets {@link #send} work from any account, contracts too. */
    public void impersonate(Address account) {
        throw new UnsupportedOperationException();
    }

    /** Sends a transaction from an account anvil holds or impersonates; not waited for. */
    public Hash32 send(Address from, Address to, Bytes data) {
        throw new UnsupportedOperationException();
    }

    /** Sends and waits until it is mined; refuses a failed one. */
    public JsonNode execute(Address from, Address to, Bytes data) {
        throw new UnsupportedOperationException();
    }

    /** Deploys creation code (with encoded constructor arguments appended) and gives the contract's address. */
    public Address deploy(Address from, Bytes creationCode) {
        throw new UnsupportedOperationException();
    }

    /** {@code eth_call} at the newest block. */
    public Bytes read(Address contract, Bytes data) {
        throw new UnsupportedOperationException();
    }

    /** The receipt, where the transaction is mined. */
    public Optional<JsonNode> receipt(Hash32 transaction) {
        throw new UnsupportedOperationException();
    }

    /** Waits until the transaction is mined, at most 30 seconds. */
    public JsonNode awaitReceipt(Hash32 transaction) {
        throw new UnsupportedOperationException();
    }

    /** Stops the chain; its folder is deleted where this class made it. */
    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
