package io.carabiner.rpc;

import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.EvmMessages;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells the operator how endpoints fare. Thread-safe. */
final class EndpointMessages implements EndpointWatch {

    /** The same disagreement is told again after so long. */
    private static final Duration DISAGREEMENT_AGAIN = Duration.ofMinutes(10);

    private final EvmMessages messages;
    private final TimeSource time;

    // Guarded by this.
    private final Map<String, Long> toldNanos = new HashMap<>();

    EndpointMessages(EvmMessages messages, TimeSource time) {
        this.messages = messages;
        this.time = time;
    }

    @Override
    public void changed(Endpoint endpoint, EndpointState before, EndpointState now, String why) {
        switch (now) {
            case ALIVE -> messages.endpointAlive(endpoint.name());
            case INVALID_CHAIN_ID -> messages.endpointWrongChain(endpoint.name(), why);
            case UNREACHABLE -> messages.endpointUnreachable(endpoint.name(), why);
            case OUT_OF_SYNC -> messages.endpointOutOfSync(endpoint.name(), why);
            case SYNCING -> messages.endpointSyncing(endpoint.name(), why);
            case UNDIALED, CLOSED -> {}
        }
    }

    @Override
    public synchronized void disagree(String method, List<String> nodes) {
        long now = time.monotonicNanos();
        @Nullable Long last = toldNanos.get(method);
        if (last == null || now - last >= DISAGREEMENT_AGAIN.toNanos()) {
            toldNanos.put(method, now);
            messages.endpointsDisagree(method, nodes);
        }
    }
}
