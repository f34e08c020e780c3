package io.carabiner.txm;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An action on its way to the owner of a key, and the outcome on its way back. Safe for use by many threads. */
final class Order {

    /** How long who asked waits: shorter than the Go node's {@code HTTPWriteTimeout} of 10 s. */
    static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(8);

    private final OperatorAction action;
    private final String actor;
    private final CompletableFuture<ActionOutcome> outcome = new CompletableFuture<>();

    Order(OperatorAction action, String actor) {
        this.action = action;
        this.actor = actor;
    }

    OperatorAction action() {
        return action;
    }

    /** Who asked. */
    String actor() {
        return actor;
    }

    /** Tells who waits; only the first time counts. */
    void settle(ActionOutcome result) {
        outcome.complete(result);
    }

    /** Waits for the outcome. */
    ActionOutcome await() throws InterruptedException {
        try {
            return outcome.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new ActionOutcome.NotPossible("the key's work did not come to it within "
                    + ANSWER_TIMEOUT.toSeconds() + " s; it may still be done: ask why the transaction waits");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }
}
