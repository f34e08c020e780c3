package io.carabiner.devnet;

import com.esaulpaugh.headlong.abi.Function;
import com.esaulpaugh.headlong.abi.Tuple;
import io.carabiner.crypto.Keccak256;
import io.carabiner.localservers.ChainRpc;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Juels;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * The contracts of a direct request on a development chain: LinkToken and Operator as Chainlink publishes them, and a
 * consumer that asks and keeps the answers. What is sent is sent from an account whose key the chain holds.
 *
 * <p>Safe for use by many threads.
 */
public final class DevnetContracts {

    private static final Function ASK =
            Function.parse("ask(address,bytes32,uint256,string,string,int256)", "(bytes32)");
    private static final Function ANSWER_OF = Function.parse("answerOf(bytes32)", "(bool,uint256)");
    private static final Function ANSWER_COUNT = Function.parse("answerCount()", "(uint256)");
    private static final Function TRANSFER = Function.parse("transfer(address,uint256)", "(bool)");
    private static final Function BALANCE_OF = Function.parse("balanceOf(address)", "(uint256)");
    private static final Function SET_SENDERS = Function.parse("setAuthorizedSenders(address[])");
    private static final Function IS_SENDER = Function.parse("isAuthorizedSender(address)", "(bool)");
    private static final Function WITHDRAWABLE = Function.parse("withdrawable()", "(uint256)");
    private static final Function WITHDRAW = Function.parse("withdraw(address,uint256)");

    private static final String ORACLE_RESPONSE = topic("OracleResponse(bytes32)");
    private static final String ASKED = topic("Asked(bytes32,string,string,int256)");

    private final DevTransactions chain;
    private final Address owner;
    private final Deployment deployment;

    /**
     * Contracts that are there.
     *
     * @param owner owns the Operator and all LINK that is not given away
     */
    public DevnetContracts(ChainRpc chain, Address owner, Deployment deployment) {
        this.chain = new DevTransactions(chain);
        this.owner = owner;
        this.deployment = deployment;
    }

    /** Where the contracts are. */
    public record Deployment(Address linkToken, Address operator, Address consumer) {}

    /**
     * What a consumer asks for.
     *
     * @param url answers with JSON
     * @param path the keys that lead to the number, separated by commas
     * @param times what the number is multiplied by, so that it becomes a whole one
     */
    public record Question(String url, String path, long times) {}

    /** A request that is mined: its id, and the transaction that made it. */
    public record AskedRequest(Hash32 requestId, Hash32 transaction) {}

    /** Deploys all three, LinkToken first. */
    public static DevnetContracts deploy(ChainRpc rpc, Address owner) {
        DevTransactions chain = new DevTransactions(rpc);
        Address link = chain.deploy(owner, ContractArtifact.load("LinkToken"), Bytes.of(new byte[0]));
        Address operator = chain.deploy(owner, ContractArtifact.load("Operator"), words(link, owner));
        Address consumer = chain.deploy(owner, ContractArtifact.load("PriceConsumer"), words(link));
        return new DevnetContracts(rpc, owner, new Deployment(link, operator, consumer));
    }

    /** Who owns the Operator, and LINK to give away. */
    public Address owner() {
        return owner;
    }

    /** Where they are. */
    public Deployment deployment() {
        return deployment;
    }

    /** Whether all three are on the chain: not, where the chain was lost or is another one. */
    public boolean present() {
        return chain.hasCode(deployment.linkToken())
                && chain.hasCode(deployment.operator())
                && chain.hasCode(deployment.consumer());
    }

    /** Gives LINK of the owner's to an account. */
    public void giveLink(Address to, Juels amount) {
        chain.execute(owner, deployment.linkToken(), TRANSFER, to, amount.amount());
    }

    /** How much LINK an account has. */
    public Juels link(Address account) {
        return new Juels(chain.read(deployment.linkToken(), BALANCE_OF, account).get(0));
    }

    /** Lets these accounts, and no others, answer requests. */
    public void authorise(Address... nodes) {
        chain.execute(owner, deployment.operator(), SET_SENDERS, (Object)
                Stream.of(nodes).map(DevTransactions::abi).toArray(com.esaulpaugh.headlong.abi.Address[]::new));
    }

    /** Whether this account may answer requests. */
    public boolean isAuthorised(Address node) {
        return chain.read(deployment.operator(), IS_SENDER, node).get(0);
    }

    /** As {@link #ask}, but answers the transaction's hash at once: it may be mined later, or not at all. */
    public Hash32 send(UUID externalJobId, Juels payment, Question question) {
        return chain.send(owner, deployment.consumer(), ASK, arguments(externalJobId, payment, question));
    }

    /**
     * The same under a nonce of the caller's.
     *
     * @param nonce the owner's, so that many can be sent at the same time
     */
    public Hash32 send(long nonce, UUID externalJobId, Juels payment, Question question) {
        return chain.send(owner, nonce, deployment.consumer(), ASK, arguments(externalJobId, payment, question));
    }

    private Object[] arguments(UUID externalJobId, Juels payment, Question question) {
        return new Object[] {
            deployment.operator(),
            jobIdAsText(externalJobId),
            payment.amount(),
            question.url(),
            question.path(),
            BigInteger.valueOf(question.times())
        };
    }

    /** Lets the consumer ask this Operator's oracle, paying LINK of its own, and waits until that is mined. */
    public AskedRequest ask(UUID externalJobId, Juels payment, Question question) {
        JsonNode receipt =
                chain.execute(owner, deployment.consumer(), ASK, arguments(externalJobId, payment, question));
        for (JsonNode log : receipt.get("logs")) {
            if (log.get("topics").get(0).asString().equals(ASKED)) {
                return new AskedRequest(
                        Hash32.fromHex(log.get("topics").get(1).asString()),
                        Hash32.fromHex(receipt.get("transactionHash").asString()));
            }
        }
        throw new IllegalStateException("the consumer did not ask: " + receipt);
    }

    /** The answer to a request, once it stands in the consumer. */
    public Optional<BigInteger> answer(Hash32 requestId) {
        Tuple answer = chain.read(deployment.consumer(), ANSWER_OF, (Object) requestId.toArray());
        boolean given = answer.get(0);
        return given ? Optional.of(answer.get(1)) : Optional.empty();
    }

    /** How many answers the consumer has taken. */
    public BigInteger answerCount() {
        return chain.read(deployment.consumer(), ANSWER_COUNT).get(0);
    }

    /** The transaction that answered a request. */
    public Optional<Hash32> answeringTransaction(Hash32 requestId) {
        JsonNode logs = chain.rpc()
                .call(
                        "eth_getLogs",
                        Map.of(
                                "address", deployment.operator().toString(),
                                "fromBlock", "earliest",
                                "topics", List.of(ORACLE_RESPONSE, requestId.toString())));
        return logs.isEmpty()
                ? Optional.empty()
                : Optional.of(Hash32.fromHex(logs.get(0).get("transactionHash").asString()));
    }

    /** What the Operator's owner has earned and not withdrawn. */
    public Juels withdrawable() {
        return new Juels(chain.read(deployment.operator(), WITHDRAWABLE).get(0));
    }

    /** The Operator's owner takes earnings out. */
    public void withdraw(Address to, Juels amount) {
        chain.execute(owner, deployment.operator(), WITHDRAW, to, amount.amount());
    }

    private static String topic(String signature) {
        return Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII)).toString();
    }

    /** A job id in a request is the 32 hex digits of the external job id, as text. */
    private static byte[] jobIdAsText(UUID externalJobId) {
        return externalJobId.toString().replace("-", "").getBytes(StandardCharsets.US_ASCII);
    }

    private static Bytes words(Address... addresses) {
        StringBuilder hex = new StringBuilder();
        for (Address address : addresses) {
            hex.append("0".repeat(24)).append(address.toString().substring(2));
        }
        return Bytes.fromHex(hex.toString());
    }
}
