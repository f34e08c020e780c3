package io.carabiner.simulation;

import io.carabiner.evm.Head;
import io.carabiner.evm.SimulatedIntake;
import io.carabiner.evm.SimulatedIntake.Newness;
import io.carabiner.rpc.RpcException;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The newest head as a process knows it: from announcements, and from polls where they are silent. */
final class HeadsHeard {

    private final Random random;
    private final Endpoints endpoints;
    private final Runnable onNews;
    private @Nullable Head newest;
    private int lowerPolls;

    HeadsHeard(Random random, Endpoints endpoints, Runnable onNews) {
        this.random = random;
        this.endpoints = endpoints;
        this.onNews = onNews;
    }

    Optional<Head> newest() {
        return Optional.ofNullable(newest);
    }

    void hearOrPoll() {
        if (newest != null && random.nextInt(8) > 0) {
            endpoints.announced().ifPresent(this::heard);
            return;
        }
        try {
            polled(endpoints.newest());
        } catch (RpcException e) {
            // No endpoint answered: the next poll will.
            lowerPolls = 0;
        }
    }

    /** Polls, in peace, until this head is known. */
    void pollUntil(Head tip) {
        for (int polls = 0; polls <= SimulatedIntake.LOWER_POLLS && !newest().equals(Optional.of(tip)); polls++) {
            polled(endpoints.newest());
        }
    }

    private void heard(Head head) {
        if (SimulatedIntake.newness(newest, head) == Newness.NEWER) {
            accept(head);
        }
        if (endpoints.strikes(EndpointTrouble.HEADS_TWICE) && SimulatedIntake.newness(newest, head) == Newness.NEWER) {
            accept(head);
        }
    }

    private void polled(Head head) {
        switch (SimulatedIntake.newness(newest, head)) {
            case NEWER -> accept(head);
            case KNOWN -> lowerPolls = 0;
            case LOWER -> {
                lowerPolls++;
                if (lowerPolls >= SimulatedIntake.LOWER_POLLS) {
                    accept(head);
                }
            }
        }
    }

    private void accept(Head head) {
        lowerPolls = 0;
        newest = head;
        onNews.run();
    }
}
