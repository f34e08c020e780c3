package io.carabiner.rpc;

import io.carabiner.telemetry.EvmMessages;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Says once that an endpoint has been unusable for {@code NodePool.DeathDeclarationDelay}, and once that none is left.
 * Of the watch's thread.
 */
final class DeathReports {

    private final EvmMessages messages;
    private final Duration delay;
    private final Set<String> declared = new HashSet<>();
    private boolean allDead;

    DeathReports(EvmMessages messages, Duration delay) {
        this.messages = messages;
        this.delay = delay;
    }

    void look(List<Endpoint> readers) {
        boolean noneUsable = true;
        for (Endpoint reader : readers) {
            noneUsable &= !reader.isUsable();
            if (reader.isUsable()) {
                declared.remove(reader.name());
            } else if (reader.status().sinceChange().compareTo(delay) >= 0 && declared.add(reader.name())) {
                messages.endpointDead(reader.name(), delay, reader.status().problem());
            }
        }
        if (noneUsable && !allDead && anyDead(readers)) {
            messages.noLiveNodes(readers.stream().map(Endpoint::name).toList());
            allDead = true;
        } else if (!noneUsable) {
            allDead = false;
        }
    }

    /** Endpoints that were not tried yet are not dead. */
    private static boolean anyDead(List<Endpoint> readers) {
        return readers.stream().noneMatch(reader -> reader.status().state() == EndpointState.UNDIALED);
    }
}
