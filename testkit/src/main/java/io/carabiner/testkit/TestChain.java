package io.carabiner.testkit;

import io.carabiner.localservers.Anvil;
import io.carabiner.localservers.AnvilOptions;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real EVM chain (anvil) of its own for one test class, with the moves a test wants to make on it.
 *
 * <p>Safe for use by many threads.
 */
public final class TestChain implements AutoCloseable {

    private static final Duration RECEIPT_WAIT = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** The accounts of the mnemonic "test test … junk", as every development chain has them, and their keys. */
    private static final List<Address> ACCOUNTS = Stream.of(
                    "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266",
                    "0x70997970c51812dc3a010c7d01b50e0d17dc79c8",
                    "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc",
                    "0x90f79bf6eb2c4f870365e785982e1f101e93b906",
                    "0x15d34aaf54267db7d7c367839aaf71a00a2c6a65",
                    "0x9965507d1a55bcc2695c58ba16fb37d819b0a4dc",
                    "0x976ea74026e726554db657fa54763abd0c3a0aa9",
                    "0x14dc79964da2c08b23698b3d3cc7ca32193d9955",
                    "0x23618e81e3f5cdf7f54c3d65f7fbc0abf5b21e8f",
                    "0xa0ee7a142d267c1f36714e4a8f75612f20a79720")
            .map(Address::fromHex)
            .toList();

    private static final List<Bytes> PRIVATE_KEYS = Stream.of(
                    "0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
                    "0x59c6995e998f97a5a0044966f0945389dc9e86dae88c7a8412f4603b6b78690d",
                    "0x5de4111afa1a4b94908f83103eb1f1706367c2e68ca870fc3fb9a804cdab365a",
                    "0x7c852118294e51e653712a81e05800f419141751be58f605c371e15141b007a6",
                    "0x47e179ec197488593b187f80a00eb0da91f1b9d0b13f8733639f19c30a34926a",
                    "0x8b3a350cf5c34c9194ca85829a2df0ec3153be0318b5e2d3348e872092edffba",
                    "0x92db14e403b83dfe3df233f83dfa3a0d7096f21ca9b0d6d6b8d88b2b4ec1564e",
                    "0x4bbbf85ce3377467afe5d46f804f221813b2bb87f24d81f60f1fcdbf7cbf4356",
                    "0xdbda1821b80551c9d65939329250298aa3472ba22feea921c0cf5d620ea67b97",
                    "0x2a871d0798f97d79848a013d4936a73bf4cc922c825d33c1cf7073dff6d409c6")
            .map(Bytes::fromHex)
            .toList();

    private final Anvil anvil;

    private TestChain(Anvil anvil) {
        this.anvil = anvil;
    }

    private static TestChain startOwn(Optional<Duration> blockTime) {
        try {
            Path folder = Files.createTempDirectory("carabiner-test-chain-");
            AnvilOptions options = AnvilOptions.throwaway(folder);
            return start(blockTime.map(options::withBlockTime).orElse(options));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Chain 1337; every transaction is mined at once in a block of its own. */
    public static TestChain start() {
        return startOwn(Optional.empty());
    }

    /** Chain 1337 with a block at a steady rate, whole seconds. */
    public static TestChain start(Duration blockTime) {
        return startOwn(Optional.of(blockTime));
    }

    /** As the options say. */
    public static TestChain start(AnvilOptions options) {
        return new TestChain(Anvil.start(options));
    }

    /** {@code http://127.0.0.1:port}. */
    public URI httpUrl() {
        return anvil.httpUrl();
    }

    /** {@code ws://127.0.0.1:port}. */
    public URI wsUrl() {
        return anvil.wsUrl();
    }

    /** The chain's id. */
    public ChainId chainId() {
        return anvil.chainId();
    }

    /** Ten accounts with 10,000 coins each whose keys anvil holds: {@link #send} works from them. */
    public List<Address> accounts() {
        return ACCOUNTS;
    }

    /** The private keys of {@link #accounts()}, in order: public knowledge, worthless elsewhere. */
    public List<Bytes> privateKeys() {
        return PRIVATE_KEYS;
    }

    /** A JSON-RPC call; parameters are what Jackson can write. */
    public JsonNode call(String method, Object... params) {
        return anvil.call(method, params);
    }

    /** Mines blocks now. */
    public void mine(int blocks) {
        call("anvil_mine", hex(blocks));
    }

    /** Stops (false) or starts (true) mining each transaction at once; off, transactions wait for {@link #mine}. */
    public void automine(boolean on) {
        call("evm_setAutomine", on);
    }

    /** Replaces the newest blocks by as many empty ones; their transactions are gone. */
    public void reorg(int depth) {
        call("anvil_reorg", depth, List.of());
    }

    /** The newest block's number. */
    public long blockNumber() {
        return number(call("eth_blockNumber"));
    }

    /** An account's coins. */
    public Wei balance(Address account) {
        return new Wei(quantity(call("eth_getBalance", account.toString(), "latest")));
    }

    /** Sets an account's coins. */
    public void setBalance(Address account, Wei balance) {
        call("anvil_setBalance", account.toString(), "0x" + balance.amount().toString(16));
    }

    /** How many transactions of the account are mined. */
    public long transactionCount(Address account) {
        return number(call("eth_getTransactionCount", account.toString(), "latest"));
    }

    /** Lets {@link #send} work from any account, contracts too. */
    public void impersonate(Address account) {
        call("anvil_impersonateAccount", account.toString());
    }

    /** Sends a transaction from an account anvil holds or impersonates; not waited for. */
    public Hash32 send(Address from, Address to, Bytes data) {
        return submit(Map.of("from", from.toString(), "to", to.toString(), "data", data.toString()));
    }

    /** Sends and waits until it is mined; refuses a failed one. */
    public JsonNode execute(Address from, Address to, Bytes data) {
        return succeeded(send(from, to, data));
    }

    /** Deploys creation code (with encoded constructor arguments appended) and gives the contract's address. */
    public Address deploy(Address from, Bytes creationCode) {
        JsonNode receipt = succeeded(submit(Map.of("from", from.toString(), "data", creationCode.toString())));
        return Address.fromHex(receipt.get("contractAddress").asString());
    }

    /** The creation code of a contract that lies in the resources; constructor arguments are not in it. */
    public static Bytes creationCode(String contract) {
        try (InputStream in = TestChain.class.getResourceAsStream("contracts/" + contract + ".json")) {
            return Bytes.fromHex(
                    JsonMapper.shared().readTree(in).get("bytecode").asString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code eth_call} at the newest block. */
    public Bytes read(Address contract, Bytes data) {
        Map<String, String> message = Map.of("to", contract.toString(), "data", data.toString());
        return Bytes.fromHex(call("eth_call", message, "latest").asString());
    }

    /** The receipt, where the transaction is mined. */
    public Optional<JsonNode> receipt(Hash32 transaction) {
        JsonNode receipt = call("eth_getTransactionReceipt", transaction.toString());
        return receipt.isNull() ? Optional.empty() : Optional.of(receipt);
    }

    /** Waits until the transaction is mined, at most 30 seconds. */
    public JsonNode awaitReceipt(Hash32 transaction) {
        TimeSource time = TimeSource.system();
        long deadline = time.monotonicNanos() + RECEIPT_WAIT.toNanos();
        Optional<JsonNode> receipt = receipt(transaction);
        while (receipt.isEmpty() && time.monotonicNanos() < deadline) {
            pause(time);
            receipt = receipt(transaction);
        }
        return receipt.orElseThrow(() -> new AssertionError(transaction + " is not mined after " + RECEIPT_WAIT));
    }

    /** Stops the chain. */
    @Override
    public void close() {
        anvil.close();
    }

    private Hash32 submit(Map<String, String> transaction) {
        return Hash32.fromHex(call("eth_sendTransaction", transaction).asString());
    }

    private JsonNode succeeded(Hash32 transaction) {
        JsonNode receipt = awaitReceipt(transaction);
        if (!receipt.get("status").asString().equals("0x1")) {
            throw new AssertionError("the transaction failed: " + receipt);
        }
        return receipt;
    }

    private static void pause(TimeSource time) {
        try {
            time.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String hex(long number) {
        return "0x" + Long.toHexString(number);
    }

    private static long number(JsonNode quantity) {
        return quantity(quantity).longValueExact();
    }

    private static BigInteger quantity(JsonNode quantity) {
        return new BigInteger(quantity.asString().substring(2), 16);
    }
}
