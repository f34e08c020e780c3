package io.carabiner.txm;

import io.carabiner.config.EvmConfig;
import io.carabiner.primitives.Address;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code Transactions.AutoPurge} for one key: looks once at each head whether its lowest transaction is stuck. Used by
 * the owner's thread.
 */
final class StuckWatch {

    private final Address key;
    private final KeyContext context;
    private final EvmConfig.AutoPurge settings;
    private final StuckRules.Method method;
    private OptionalLong lastLook = OptionalLong.empty();
    private OptionalLong lastPurge = OptionalLong.empty();

    StuckWatch(Address key, KeyContext context) {
        this.key = key;
        this.context = context;
        this.settings = context.settings().autoPurge();
        this.method = StuckRules.Method.of(context.settings().chainType());
    }

    /** The transaction that an empty one shall replace, if there is one; the same head is not looked at twice. */
    Optional<InFlight> stuck(KeyState state, OptionalLong head) {
        if (!settings.enabled() || head.isEmpty() || head.equals(lastLook)) {
            return Optional.empty();
        }
        lastLook = head;
        Optional<InFlight> found = StuckRules.candidate(state, head.getAsLong(), lastPurge, method, settings)
                .filter(this::isStuck);
        if (found.isPresent()) {
            lastPurge = head;
        }
        return found;
    }

    private boolean isStuck(InFlight transaction) {
        return switch (method) {
            case HEURISTIC -> StuckRules.paysEnough(transaction, context.chain().quote(key));
            case FORGOTTEN ->
                !context.chain().known(List.of(transaction.top().hash())).getFirst();
            case SKIPPED_LIST ->
                context.chain()
                        .skipped(List.of(transaction.top().hash()))
                        .contains(transaction.top().hash());
        };
    }
}
