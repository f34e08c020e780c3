package io.carabiner.web;

import io.carabiner.keystore.EthKey;
import io.carabiner.keystore.EthKeys;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.TxmMessages;
import io.carabiner.txm.EnqueueOutcome;
import io.carabiner.txm.TransactionRequest;
import io.carabiner.txm.TransactionView;
import io.carabiner.txm.TransferTerms;
import io.carabiner.txm.Txm;
import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Sends native coin from the node's keys (Go node 2.15, core/web/evm_transfer_controller.go). */
final class TransferRoutes {

    /** How long a caller waits for the first attempt who does not say (as in the Go node). */
    static final Duration WAIT_DEFAULT = Duration.ofSeconds(10);

    /** What is left of {@code HTTPWriteTimeout} for the answer. */
    static final Duration ANSWER_TIME = Duration.ofSeconds(1);

    private static final Duration LOOK_EVERY = Duration.ofMillis(20);
    private static final String TOO_LOW =
            "transaction failed: balance is too low for this transaction to be executed: ";

    private final WebServices services;
    private final Duration waitMax;

    TransferRoutes(WebServices services, Duration httpWriteTimeout) {
        this.services = services;
        this.waitMax = waitMax(httpWriteTimeout);
    }

    /** How long an attempt may be waited for, so that the answer can still be written. */
    static Duration waitMax(Duration httpWriteTimeout) {
        Duration left = httpWriteTimeout.minus(ANSWER_TIME);
        return left.isNegative() ? Duration.ZERO : left;
    }

    List<Route> routes() {
        Access admin = Access.role(Role.ADMIN);
        return List.of(
                Route.post("/v2/transfers", admin, this::transfer),
                Route.post("/v2/transfers/evm", admin, this::transfer));
    }

    /** What the caller wants. */
    private record Wanted(
            Txm manager, ChainId chain, Address from, Address to, Wei amount, boolean allowHigher, Duration patience) {}

    private Answer transfer(Call call) {
        Wanted wanted = wanted(body(call));
        if (wanted.to().equals(Address.ZERO)) {
            throw WebException.refused(400, "transaction failed: cannot send native token to zero address");
        }
        TransferTerms terms = wanted.manager().transferTerms(wanted.from());
        if (!wanted.allowHigher()) {
            checkBalance(wanted, terms);
        }
        long id = enqueue(wanted, terms);
        new TxmMessages(wanted.chain(), services.time())
                .operatorActed(
                        call.principal().user().email(),
                        "transfer",
                        wanted.amount() + " wei from " + wanted.from() + " to " + wanted.to() + ", transaction " + id);
        return JsonApi.one(TransactionRoutes.resource(awaitAttempt(wanted.manager(), id, wanted.patience())));
    }

    private static JsonBody body(Call call) {
        try {
            return call.json("models.SendEtherRequest");
        } catch (WebException e) {
            throw WebException.refused(400, e.details().toArray(String[]::new));
        }
    }

    private Wanted wanted(JsonBody body) {
        Address to = address(body, "address");
        Address from = address(body, "from");
        Wei amount = amount(body);
        Optional<String> chainText =
                body.find("evmChainID").map(node -> node.isNumber() ? node.toString() : text(node, "evmChainID"));
        ChainId chain = chainText
                .or(this::onlyChain)
                .flatMap(ChainTexts::chainId)
                .orElseThrow(() -> WebException.refused(500, "chainID is empty"));
        Txm manager = services.oracle()
                .sending()
                .manager(chain)
                .orElseThrow(() -> WebException.refused(422, "chain id does not match any local chains"));
        if (from.equals(Address.ZERO)) {
            throw WebException.refused(422, "withdrawal source address is missing: " + Address.ZERO);
        }
        return new Wanted(manager, chain, from, to, amount, flag(body, "allowHigherAmounts"), wait(body));
    }

    private Optional<String> onlyChain() {
        List<Txm> managers = services.oracle().sending().all();
        return managers.size() == 1 ? Optional.of(managers.getFirst().chainId().toString()) : Optional.empty();
    }

    private static Address address(JsonBody body, String field) {
        return body.find(field)
                .map(node -> ChainTexts.address(text(node, field), 400))
                .orElse(Address.ZERO);
    }

    private static String text(JsonNode node, String field) {
        if (!node.isString()) {
            throw WebException.refused(400, "json: " + field + " is not a text");
        }
        return node.stringValue();
    }

    private static Wei amount(JsonBody body) {
        JsonNode node = body.find("amount").orElseThrow(() -> WebException.refused(400, "amount is missing"));
        if (!node.isString()) {
            throw WebException.refused(400, "cannot unmarshal json.Number into currency");
        }
        String text = node.stringValue();
        if (!text.matches("[+-]?\\d{1,78}")) {
            throw WebException.refused(400, "assets: cannot unmarshal \"" + text + "\" into a *assets.Eth");
        }
        BigInteger amount = new BigInteger(text);
        if (amount.signum() < 0) {
            throw WebException.refused(422, "transaction failed: an amount is not negative: " + text);
        }
        return new Wei(amount);
    }

    private static boolean flag(JsonBody body, String field) {
        return body.find(field).map(node -> node.asBoolean(false)).orElse(false);
    }

    private Duration wait(JsonBody body) {
        if (flag(body, "skipWaitTxAttempt")) {
            return Duration.ZERO;
        }
        Duration wanted = body.find("waitAttemptTimeout")
                .filter(JsonNode::isIntegralNumber)
                .map(node -> Duration.ofNanos(Math.max(1, node.longValue())))
                .orElse(WAIT_DEFAULT);
        return wanted.compareTo(waitMax) < 0 ? wanted : waitMax;
    }

    private void checkBalance(Wanted wanted, TransferTerms terms) {
        EthKeys keys = services.oracle().keystore().eth();
        boolean ours =
                keys.enabled(wanted.chain()).stream().map(EthKey::address).anyMatch(wanted.from()::equals);
        if (!ours) {
            throw WebException.refused(422, TOO_LOW + "<nil>");
        }
        if (terms.balance().compareTo(terms.feeMax().plus(wanted.amount())) < 0) {
            throw WebException.refused(422, TOO_LOW + terms.balance());
        }
    }

    private long enqueue(Wanted wanted, TransferTerms terms) {
        TransactionRequest request = TransactionRequest.call(wanted.to(), Bytes.EMPTY, terms.gasLimit())
                .withFrom(List.of(wanted.from()))
                .withValue(wanted.amount());
        EnqueueOutcome outcome = services.database()
                .write(tx -> wanted.manager().enqueueAll(tx, List.of(request)).getFirst());
        return switch (outcome) {
            case EnqueueOutcome.Queued queued -> queued.id();
            case EnqueueOutcome.AlreadyThere there -> there.id();
            case EnqueueOutcome.Refused refused ->
                throw WebException.refused(400, "transaction failed: " + refused.reason());
        };
    }

    /** The transaction with its first attempt; without one where nobody wants to wait. */
    private TransactionView awaitAttempt(Txm manager, long id, Duration wait) {
        long deadline = services.time().monotonicNanos() + wait.toNanos();
        TransactionView seen = look(id);
        while (seen.attempt().isEmpty() && !wait.isZero()) {
            if (services.time().monotonicNanos() - deadline >= 0) {
                throw WebException.refused(
                        504,
                        "failed to find transaction within timeout: context deadline exceeded - tx may still have been"
                                + " broadcast",
                        "transaction " + id + " is stored and goes on: " + reason(manager, id)
                                + " (carabiner txs evm why " + id + ")");
            }
            try {
                services.time().sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw WebException.refused(503, "the node is stopping; transaction " + id + " is stored");
            }
            seen = look(id);
        }
        return seen;
    }

    private static String reason(Txm manager, long id) {
        return manager.why(id)
                .map(diagnosis -> diagnosis.findings().getFirst().text())
                .orElse("it has just changed");
    }

    private TransactionView look(long id) {
        return services.oracle()
                .transactions()
                .find(id)
                .orElseThrow(() -> WebException.refused(500, "transaction " + id + " is gone"));
    }
}
