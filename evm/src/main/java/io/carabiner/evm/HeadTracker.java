package io.carabiner.evm;

import java.util.Optional;
import java.util.function.Consumer;

/**
 * Knows the newest block of one chain: by subscription where an endpoint has WebSocket, by polling where not, and by a
 * poll whenever a subscription has been silent for too long. Safe for use by many threads.
 */
public interface HeadTracker {

    /** The newest block seen, or empty before the first one. */
    Optional<Head> latest();

    /**
     * The block of this height under the newest head, where all between them were announced; else the newest head
     * itself. For those who take heads one by one.
     */
    default Head onTheWay(Head newest, long number) {
        return newest;
    }

    /**
     * Calls the listener with each new head, on a thread of its own, one call at a time. A listener that is slower than
     * the chain skips to the newest head; it must look at numbers and parents itself. If a head is known already, it is
     * called with it first.
     *
     * @return closes the listening; no call starts after that
     */
    Listening listen(Consumer<Head> listener);

    /** Ends a listening. */
    interface Listening extends AutoCloseable {
        @Override
        void close();
    }
}
