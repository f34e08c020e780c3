package io.carabiner.web;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.txm.ActionOutcome;
import io.carabiner.txm.Diagnosis;
import io.carabiner.txm.Finding;
import io.carabiner.txm.OperatorAction;
import io.carabiner.txm.TransactionHistory;
import io.carabiner.txm.TransactionView;
import io.carabiner.txm.Txm;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;

/** Why transactions wait, and what an operator can do about it. The Go node has none of it. */
final class TransactionCareRoutes {

    /** One reason. */
    record FindingView(String code, String text, List<String> remedies) {}

    /** Why a transaction waits. */
    record DiagnosisAttributes(
            String evmChainID, String from, String state, String nonce, List<FindingView> findings) {}

    /** What a key waits for. */
    record KeyDiagnosisAttributes(
            String evmChainID, String address, long queued, long inFlight, String oldest, List<FindingView> findings) {}

    /** What was done. */
    record ActionAttributes(String action, String result) {}

    private final SendingRooms rooms;
    private final TransactionHistory history;

    TransactionCareRoutes(SendingRooms rooms, TransactionHistory history) {
        this.rooms = rooms;
        this.history = history;
    }

    List<Route> routes() {
        Access view = Access.role(Role.VIEW);
        Access admin = Access.role(Role.ADMIN);
        String one = "/v2/transactions/evm/:TxHash";
        return List.of(
                Route.get(one + "/diagnosis", view, this::why),
                Route.get("/v2/keys/evm/diagnosis", view, this::whyAll),
                Route.post(one + "/bump", admin, call -> act(call, OperatorAction.Bump::new)),
                Route.post(one + "/cancel", admin, call -> act(call, OperatorAction.Cancel::new)),
                Route.post(one + "/rebroadcast", admin, call -> act(call, OperatorAction.Rebroadcast::new)),
                Route.post("/v2/keys/evm/:address/fill-nonces", admin, this::fill));
    }

    /** By the number of the transaction or the hash of any of its attempts. */
    private TransactionView transaction(Call call) {
        String text = call.parameter("TxHash");
        Optional<TransactionView> found = Optional.empty();
        if (text.matches("\\d{1,18}")) {
            found = history.find(Long.parseLong(text));
        } else if (text.matches("(0x|0X)?[0-9a-fA-F]{64}")) {
            found = history.find(Hash32.fromHex(text));
        }
        return found.orElseThrow(() -> WebException.refused(404, "Transaction not found"));
    }

    private Txm manager(ChainId chain) {
        return rooms.manager(chain)
                .orElseThrow(() -> WebException.refused(422, "chain " + chain + " is not switched on in this node"));
    }

    private Answer why(Call call) {
        TransactionView transaction = transaction(call);
        Diagnosis.OfTransaction diagnosis = manager(transaction.evmChainId())
                .why(transaction.id())
                .orElseThrow(() -> WebException.refused(404, "Transaction not found"));
        return JsonApi.one(new Resource(
                "evm_diagnosis",
                String.valueOf(diagnosis.id()),
                new DiagnosisAttributes(
                        diagnosis.chain().toString(),
                        Eip55.format(diagnosis.key()),
                        diagnosis.state().word(),
                        text(diagnosis.nonce()),
                        views(diagnosis.findings()))));
    }

    private Answer whyAll(Call call) {
        List<Resource> keys = rooms.all().stream()
                .flatMap(manager -> manager.why().stream())
                .map(key -> new Resource(
                        "evm_key_diagnosis",
                        key.chain() + "/" + Eip55.format(key.key()),
                        new KeyDiagnosisAttributes(
                                key.chain().toString(),
                                Eip55.format(key.key()),
                                key.queued(),
                                key.inFlight(),
                                text(key.oldest()),
                                views(key.findings()))))
                .toList();
        return JsonApi.list(200, keys);
    }

    private static List<FindingView> views(List<Finding> findings) {
        return findings.stream()
                .map(finding -> new FindingView(
                        finding.code(),
                        finding.text(),
                        finding.remedies().stream().map(Finding.Remedy::word).toList()))
                .toList();
    }

    private static String text(OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "";
    }

    private Answer act(Call call, LongFunction<OperatorAction> action) {
        TransactionView transaction = transaction(call);
        return answer(call, manager(transaction.evmChainId()), action.apply(transaction.id()));
    }

    private Answer fill(Call call) {
        Address key = ChainTexts.address(call.parameter("address"), 400);
        List<Txm> managers = call.query("evmChainID").isEmpty()
                ? rooms.all()
                : ChainTexts.chainId(call.query("evmChainID")).map(this::manager).stream()
                        .toList();
        if (managers.size() != 1) {
            throw WebException.refused(422, "name the chain: evmChainID");
        }
        return answer(call, managers.getFirst(), new OperatorAction.FillNonces(key));
    }

    /** Does it in the caller's name. */
    static ActionOutcome act(Call call, Txm manager, OperatorAction action) {
        try {
            return manager.act(action, call.principal().user().email());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw WebException.refused(503, "the node is stopping");
        }
    }

    private static Answer answer(Call call, Txm manager, OperatorAction action) {
        return switch (act(call, manager, action)) {
            case ActionOutcome.Done done ->
                JsonApi.one(
                        new Resource("evm_actions", action.word(), new ActionAttributes(action.word(), done.text())));
            case ActionOutcome.NotPossible why -> Answer.error(409, why.text());
        };
    }
}
