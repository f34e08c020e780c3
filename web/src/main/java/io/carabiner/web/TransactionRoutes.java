package io.carabiner.web;

import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.AttemptView;
import io.carabiner.txm.TransactionHistory;
import io.carabiner.txm.TransactionPage;
import io.carabiner.txm.TransactionView;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Transactions and their attempts (Go node 2.15, core/web/evm_transactions_controller.go). */
final class TransactionRoutes {

    /** The fields of a transaction: all texts, empty where unknown; the value is in ether. */
    record TransactionAttributes(
            String state,
            String data,
            String from,
            String gasLimit,
            String gasPrice,
            String hash,
            String rawHex,
            String nonce,
            String sentAt,
            String to,
            String value,
            String evmChainID) {}

    private final TransactionHistory history;

    TransactionRoutes(TransactionHistory history) {
        this.history = history;
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        return List.of(
                Route.get("/v2/transactions", view, this::transactions),
                Route.get("/v2/transactions/evm", view, this::transactions),
                Route.get("/v2/transactions/:TxHash", view, this::show),
                Route.get("/v2/transactions/evm/:TxHash", view, this::show),
                Route.get("/v2/tx_attempts", view, this::attempts),
                Route.get("/v2/tx_attempts/evm", view, this::attempts));
    }

    private Answer transactions(Call call) {
        Page page = Page.of(call, Page.SIZE_DEFAULT);
        return answer(call, page, history.transactions(page.offset(), page.size()));
    }

    private Answer attempts(Call call) {
        Page page = Page.of(call, Page.SIZE_DEFAULT);
        return answer(call, page, history.attempts(page.offset(), page.size()));
    }

    private static Answer answer(Call call, Page page, TransactionPage found) {
        List<Resource> resources =
                found.transactions().stream().map(TransactionRoutes::resource).toList();
        return JsonApi.page(call, page, resources, found.total());
    }

    private Answer show(Call call) {
        String text = call.parameter("TxHash");
        return Stream.of(text)
                .filter(hash -> hash.matches("(0x|0X)?[0-9a-fA-F]{64}"))
                .flatMap(hash -> history.find(Hash32.fromHex(hash)).stream())
                .findFirst()
                .map(transaction -> JsonApi.one(resource(transaction)))
                .orElseGet(() -> Answer.error(404, "Transaction not found"));
    }

    static Resource resource(TransactionView transaction) {
        Optional<AttemptView> attempt = transaction.attempt();
        String hash = attempt.map(AttemptView::hash).orElse(Hash32.ZERO).toString();
        TransactionAttributes attributes = new TransactionAttributes(
                transaction.state().word(),
                transaction.data().toString(),
                transaction.from().toString(),
                String.valueOf(transaction.gasLimit()),
                attempt.map(TransactionRoutes::gasPrice).orElse(""),
                hash,
                attempt.map(signed -> signed.rlpStreamForm().toString()).orElse(""),
                text(transaction.nonce()),
                attempt.map(sent -> text(sent.broadcastBeforeBlock())).orElse(""),
                transaction.to().toString(),
                GoFormats.ether(transaction.value()),
                transaction.evmChainId().toString());
        String id = attempt.isPresent() ? transaction.evmChainId() + "/" + hash : "";
        return new Resource("evm_transactions", id, attributes);
    }

    /** The Go node has no gas price for transactions with dynamic fees, and shows that as Go shows nothing. */
    private static String gasPrice(AttemptView attempt) {
        return attempt.gasPrice().map(Wei::toString).orElse("<nil>");
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "";
    }
}
