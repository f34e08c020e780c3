package io.carabiner.testkit;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import com.esaulpaugh.headlong.abi.TupleType;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * A real FluxAggregator with its LINK and its flags on a development chain, and the moves its owner makes.
 *
 * <p>Not thread-safe: one test makes its moves one after the other.
 */
public final class TestFeed {

    /** What a submission earns, in juels: 1 LINK. */
    public static final BigInteger PAYMENT = BigInteger.TEN.pow(18);
    /** The highest value that the feed takes. */
    public static final BigInteger MAX = BigInteger.valueOf(1_000_000);

    private static final Function CHANGE_ORACLES =
            Function.parse("changeOracles(address[],address[],address[],uint32,uint32,uint32)");
    private static final Function UPDATE_FUNDS = Function.parse("updateAvailableFunds()");
    private static final Function WITHDRAW_FUNDS = Function.parse("withdrawFunds(address,uint256)");
    private static final Function AVAILABLE_FUNDS = Function.parse("availableFunds()", "(uint128)");
    private static final Function TRANSFER = Function.parse("transfer(address,uint256)");
    private static final Function SUBMIT = Function.parse("submit(uint256,int256)");
    private static final Function ROUND_STATE = Function.parse(
            "oracleRoundState(address,uint32)", "(bool,uint32,int256,uint64,uint64,uint128,uint8,uint128)");
    private static final Function LATEST_ANSWER =
            Function.parse("latestRoundData()", "(uint80,int256,uint256,uint256,uint80)");
    private static final Function RAISE = Function.parse("raiseFlags(address[])");
    private static final Function LOWER = Function.parse("lowerFlags(address[])");

    /** The contract's event {@code SubmissionReceived(int256,uint32,address)}. */
    private static final String SUBMISSION_RECEIVED =
            "0x92e98423f8adac6e64d0608e519fd1cefb861498385c6dee70d58fc926ddc68c";

    private final TestChain chain;
    private final Address owner;
    private final Address link;
    private final Address aggregator;
    private final Address flags;

    private TestFeed(TestChain chain, Address owner, Address link, Address aggregator, Address flags) {
        this.chain = chain;
        this.owner = owner;
        this.link = link;
        this.aggregator = aggregator;
        this.flags = flags;
    }

    /** A funded feed without oracles; submissions from 1 to {@link #MAX}. */
    public static TestFeed deploy(TestChain chain, long timeoutSeconds) {
        Address owner = chain.accounts().getFirst();
        Address link = chain.deploy(owner, TestChain.creationCode("LinkToken"));
        Bytes arguments = encoded(
                "(address,uint128,uint32,address,int256,int256,uint8,string)",
                abi(link),
                BigInteger.ZERO,
                timeoutSeconds,
                abi(Address.ZERO),
                BigInteger.ONE,
                MAX,
                0,
                "a feed of a test");
        Address aggregator =
                chain.deploy(owner, TestChain.creationCode("FluxAggregator").concat(arguments));
        Address flags =
                chain.deploy(owner, TestChain.creationCode("Flags").concat(encoded("(address)", abi(Address.ZERO))));
        TestFeed feed = new TestFeed(chain, owner, link, aggregator, flags);
        feed.fund(PAYMENT.multiply(BigInteger.valueOf(1_000)));
        feed.pay();
        return feed;
    }

    /** The feed's address. */
    public Address aggregator() {
        return aggregator;
    }

    /** The address of its flags. */
    public Address flags() {
        return flags;
    }

    /** What a submission earns from the next round on. */
    private void pay() {
        execute(
                aggregator,
                Function.parse("updateFutureRounds(uint128,uint32,uint32,uint32,uint32)"),
                PAYMENT,
                0L,
                0L,
                0L,
                0L);
    }

    /** Gives it LINK. */
    public void fund(BigInteger juels) {
        execute(link, TRANSFER, abi(aggregator), juels);
        execute(aggregator, UPDATE_FUNDS);
    }

    /** Takes all but a little of the funds out. */
    public void drain() {
        BigInteger all = read(AVAILABLE_FUNDS).get(0);
        execute(aggregator, WITHDRAW_FUNDS, abi(owner), all.subtract(PAYMENT.multiply(BigInteger.valueOf(5))));
    }

    /** The oracles; {@code min} of them make an answer. */
    public void setOracles(List<Address> oracles, long min, long restartDelay) {
        com.esaulpaugh.headlong.abi.Address[] added =
                oracles.stream().map(TestFeed::abi).toArray(com.esaulpaugh.headlong.abi.Address[]::new);
        execute(
                aggregator,
                CHANGE_ORACLES,
                new com.esaulpaugh.headlong.abi.Address[0],
                added,
                added,
                min,
                (long) oracles.size(),
                restartDelay);
    }

    /** A submission of another oracle, whose key the chain holds. */
    public void submit(Address oracle, long round, long value) {
        chain.execute(oracle, aggregator, call(SUBMIT, BigInteger.valueOf(round), BigInteger.valueOf(value)));
    }

    /** Raises the flag of all feeds and its own. */
    public void raiseFlags() {
        execute(flags, RAISE, (Object) subjects());
    }

    /** Lowers its own flag. */
    public void lowerFlags() {
        execute(flags, LOWER, (Object) new com.esaulpaugh.headlong.abi.Address[] {abi(aggregator)});
    }

    private com.esaulpaugh.headlong.abi.Address[] subjects() {
        return new com.esaulpaugh.headlong.abi.Address[] {abi(Address.ZERO), abi(aggregator)};
    }

    /** The oracle's last submission; 0 if there is none. */
    public BigInteger latestSubmission(Address oracle) {
        return read(ROUND_STATE, abi(oracle), 0L).get(2);
    }

    /** The newest answer. */
    public BigInteger answer() {
        return read(LATEST_ANSWER).get(1);
    }

    /** How many submissions of an oracle stand on the chain for a round. */
    public long submissionsTo(long round, Address oracle) {
        return submissions(round, oracle).size();
    }

    /** All submissions of an oracle to all rounds. */
    public JsonNode submissions(Address oracle) {
        return logs(Arrays.asList(SUBMISSION_RECEIVED, null, null, topic(oracle)));
    }

    private JsonNode submissions(long round, Address oracle) {
        String id = "0x" + "%064x".formatted(round);
        return logs(Arrays.asList(SUBMISSION_RECEIVED, null, id, topic(oracle)));
    }

    private static String topic(Address address) {
        return "0x" + "0".repeat(24) + address.bytes().toBareHex();
    }

    private JsonNode logs(List<String> topics) {
        return chain.call(
                "eth_getLogs", Map.of("address", aggregator.toString(), "fromBlock", "0x0", "topics", topics));
    }

    private void execute(Address contract, Function function, Object... arguments) {
        chain.execute(owner, contract, call(function, arguments));
    }

    private Tuple read(Function function, Object... arguments) {
        return function.decodeReturn(
                chain.read(aggregator, call(function, arguments)).toArray());
    }

    static Bytes call(Function function, Object... arguments) {
        Tuple values = Tuple.from(arguments);
        ByteBuffer call = ByteBuffer.allocate(function.measureCallLength(values));
        function.encodeCall(values, call);
        return Bytes.of(call.array());
    }

    static Bytes encoded(String types, Object... arguments) {
        return Bytes.of(TupleType.parse(types).encode(Tuple.from(arguments)).array());
    }

    static com.esaulpaugh.headlong.abi.Address abi(Address address) {
        return com.esaulpaugh.headlong.abi.Address.wrap(
                com.esaulpaugh.headlong.abi.Address.toChecksumAddress(new BigInteger(1, address.toArray())));
    }
}
