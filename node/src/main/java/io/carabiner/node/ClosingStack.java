package io.carabiner.node;

import io.carabiner.telemetry.NodeMessages;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What was started, closed in reverse order. A part that fails to close is reported and does not keep the others open.
 * Thread-safe; closing twice is closing once.
 */
final class ClosingStack implements AutoCloseable {

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private final NodeMessages messages;

    ClosingStack(NodeMessages messages) {
        this.messages = messages;
    }

    /** Adds a part that has been started. */
    synchronized <T extends AutoCloseable> T push(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    @Override
    public void close() {
        for (Part part = pop(); part != null; part = pop()) {
            try {
                part.closeable().close();
            } catch (Exception e) {
                messages.partFailedToStop(part.name(), e);
            }
        }
    }

    private synchronized @org.jspecify.annotations.Nullable Part pop() {
        return parts.poll();
    }
}
