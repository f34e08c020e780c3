package io.carabiner.web;

import io.carabiner.crypto.Eip55;
import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Batch;
import io.carabiner.graphql.Shape;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.AttemptView;
import io.carabiner.txm.TransactionHistory;
import io.carabiner.txm.TransactionPage;
import io.carabiner.txm.TransactionView;
import io.carabiner.web.QueryFields.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Transactions over GraphQL (Go node 2.31, core/web/resolver/eth_transaction.go). */
final class TransactionQueries {

    private final TransactionHistory history;
    private final ChainQueries chains;
    private final Batch<Long, List<Shape>> attemptsOf = new Batch<>("attempts of transaction", this::attempts);

    TransactionQueries(TransactionHistory history, ChainQueries chains) {
        this.history = history;
        this.chains = chains;
    }

    void addTo(QueryFields fields) {
        fields.query("ethTransaction", this::transaction);
        fields.query("ethTransactions", this::transactions);
        fields.query("ethTransactionsAttempts", this::allAttempts);
    }

    private Shape transaction(Arguments arguments) {
        return Optional.of(arguments.text("hash"))
                .filter(text -> text.matches("(0x|0X)?[0-9a-fA-F]{64}"))
                .flatMap(text -> history.find(Hash32.fromHex(text)))
                .map(this::shape)
                .orElseGet(() -> QueryFields.notFound("transaction not found"));
    }

    private Shape transactions(Arguments arguments) {
        Part part = Part.of(arguments, QueryFields.PAGE_MAX);
        TransactionPage found = history.transactions(part.offset(), part.limit());
        List<Shape> shown = found.transactions().stream().map(this::shape).toList();
        return QueryFields.page("EthTransactionsPayload", shown, found.total());
    }

    private Shape allAttempts(Arguments arguments) {
        Part part = Part.of(arguments, QueryFields.PAGE_MAX);
        TransactionPage found = history.attempts(part.offset(), part.limit());
        List<Shape> shown = found.transactions().stream()
                .flatMap(transaction -> transaction.attempt().stream())
                .map(TransactionQueries::shape)
                .toList();
        return QueryFields.page("EthTransactionAttemptsPayload", shown, found.total());
    }

    private Map<Long, List<Shape>> attempts(Set<Long> ids) {
        return history.attemptsOf(ids).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().stream()
                        .map(TransactionQueries::shape)
                        .toList()));
    }

    private Shape shape(TransactionView transaction) {
        Optional<AttemptView> attempt = transaction.attempt();
        return Shape.of("EthTransaction")
                .with("state", transaction.state().word())
                .with("data", transaction.data().toString())
                .with("from", Eip55.format(transaction.from()))
                .with("to", Eip55.format(transaction.to()))
                .with("gasLimit", String.valueOf(transaction.gasLimit()))
                .with("value", GoFormats.ether(transaction.value()))
                .with("evmChainID", transaction.evmChainId().toString())
                .with("nonce", text(transaction.nonce()))
                .with("gasPrice", attempt.map(TransactionQueries::gasPrice).orElse(""))
                .with("hash", attempt.map(signed -> signed.hash().toString()).orElse(""))
                .with("hex", attempt.map(TransactionQueries::hex).orElse(""))
                .with("sentAt", attempt.flatMap(sent -> text(sent.broadcastBeforeBlock())))
                .with("chain", chains.find(transaction.evmChainId()))
                .with("attempts", attemptsOf.of(transaction.id()));
    }

    private static Shape shape(AttemptView attempt) {
        return Shape.of("EthTransactionAttempt")
                .with("gasPrice", gasPrice(attempt))
                .with("hash", attempt.hash().toString())
                .with("hex", hex(attempt))
                .with("sentAt", text(attempt.broadcastBeforeBlock()));
    }

    /** The Go node has no gas price for transactions with dynamic fees, and shows that as Go shows nothing. */
    private static String gasPrice(AttemptView attempt) {
        return attempt.gasPrice().map(Wei::toString).orElse("<nil>");
    }

    private static String hex(AttemptView attempt) {
        return attempt.rlpStreamForm().toString();
    }

    private static Optional<String> text(OptionalLong number) {
        return number.isPresent() ? Optional.of(String.valueOf(number.getAsLong())) : Optional.empty();
    }
}
