package io.carabiner.rpc;

import io.carabiner.rpc.SendErrorTable.Category;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what an endpoint says when it refuses a transaction: the operator's own expressions first, then those of the
 * chain's and the endpoint's client kind, then everybody's. Immutable.
 */
final class SendErrors {

    private record Rule(String client, Category category, Pattern words) {}

    private static final List<Rule> RULES = SendErrorTable.ENTRIES.stream()
            .map(SendErrors::rule)
            .sorted(Comparator.comparing(Rule::category))
            .toList();

    /** How clients begin their answer to web3_clientVersion. */
    private static final Map<String, String> KIND_BY_VERSION = Map.ofEntries(
            Map.entry("geth", "geth"),
            Map.entry("erigon", "erigon"),
            Map.entry("besu", "besu"),
            Map.entry("nethermind", "nethermind"),
            Map.entry("anvil", "anvil"),
            Map.entry("reth", "reth"),
            Map.entry("op-reth", "reth"),
            Map.entry("nitro", "arbitrum"),
            Map.entry("parity-ethereum", "parity"),
            Map.entry("openethereum", "parity"),
            Map.entry("zksync", "zksync"),
            Map.entry("celo", "celo"),
            Map.entry("klaytn", "klaytn"),
            Map.entry("harmony", "harmony"),
            Map.entry("relay", "hedera"),
            Map.entry("monad", "monad"),
            Map.entry("sei", "sei"));

    private final List<Rule> operators;
    private final Optional<String> chainKind;

    /**
     * A reader.
     *
     * @param operators {@code EVM.NodePool.Errors}: regular expressions, case-sensitive, found anywhere
     * @param chainType {@code ChainType}, which names a client kind on chains with a client of their own
     */
    SendErrors(Map<Category, String> operators, Optional<String> chainType) {
        this.operators = new EnumMap<Category, String>(withAll(operators))
                .entrySet().stream()
                        .map(entry -> new Rule("operator", entry.getKey(), Pattern.compile(entry.getValue())))
                        .toList();
        this.chainKind = chainType.map(type -> type.toLowerCase(Locale.ROOT).replace("optimismbedrock", "optimism"));
    }

    private static Map<Category, String> withAll(Map<Category, String> operators) {
        Map<Category, String> copy = new EnumMap<>(Category.class);
        copy.putAll(operators);
        return copy;
    }

    private static Rule rule(SendErrorTable.Entry entry) {
        String expression =
                entry.exact() ? "^(?:" + entry.words() + ")$" : "(?:^|: |\")(?:" + entry.words() + ")(?!\\w)";
        return new Rule(entry.client(), entry.category(), Pattern.compile(expression, Pattern.CASE_INSENSITIVE));
    }

    /**
     * What the refusal means.
     *
     * @param clientVersion the endpoint's answer to web3_clientVersion, empty if it is not known
     */
    SendOutcome read(RpcError error, String clientVersion) {
        String words = error.message().strip();
        for (List<Rule> rules : inOrder(clientVersion)) {
            for (Rule rule : rules) {
                if (rule.words().matcher(words).find()) {
                    return outcome(rule.category(), error.message());
                }
            }
        }
        return error.kind() == RpcErrorKind.ENDPOINT_TROUBLE || error.kind() == RpcErrorKind.MISSING_BLOCK
                ? new SendOutcome.Retryable(error.message())
                : new SendOutcome.Unknown(error.message());
    }

    private List<List<Rule>> inOrder(String clientVersion) {
        List<List<Rule>> order = new ArrayList<>();
        order.add(operators);
        chainKind.ifPresent(kind -> order.add(rulesOf(kind)));
        kindOf(clientVersion).ifPresent(kind -> order.add(rulesOf(kind)));
        order.add(RULES);
        return order;
    }

    private static List<Rule> rulesOf(String kind) {
        return RULES.stream().filter(rule -> rule.client().equals(kind)).toList();
    }

    static Optional<String> kindOf(String clientVersion) {
        String word = clientVersion.toLowerCase(Locale.ROOT).split("[/ ]", 2)[0];
        @Nullable String kind = KIND_BY_VERSION.get(word);
        return Optional.ofNullable(kind);
    }

    private static SendOutcome outcome(Category category, String words) {
        return switch (category) {
            case FATAL -> new SendOutcome.Fatal(words);
            case NONCE_TOO_LOW -> new SendOutcome.NonceTooLow(words);
            case ALREADY_MINED, ALREADY_IN_MEMPOOL -> new SendOutcome.AlreadyKnown(words);
            case REPLACEMENT_UNDERPRICED -> new SendOutcome.ReplacementUnderpriced(words);
            case LIMIT_REACHED -> new SendOutcome.LimitReached(words);
            case UNDERPRICED -> new SendOutcome.Underpriced(words);
            case L2_FEE_TOO_LOW, L2_FEE_TOO_HIGH, L2_FULL -> new SendOutcome.FeeOutOfRange(words);
            case NONCE_TOO_HIGH -> new SendOutcome.NonceTooHigh(words);
            case INSUFFICIENT_FUNDS -> new SendOutcome.InsufficientFunds(words);
            case SERVICE_UNAVAILABLE -> new SendOutcome.Retryable(words);
            case FEE_EXCEEDS_CAP -> new SendOutcome.FeeCapExceeded(words);
            case TERMINALLY_STUCK -> new SendOutcome.TerminallyStuck(words);
        };
    }
}
