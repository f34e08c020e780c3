package io.carabiner.fluxmonitor;

import java.util.List;
import java.util.Optional;

/**
 * What an event makes of a monitor.
 *
 * @param ask what is to be done now; empty if the monitor rests
 */
record Step(Monitor monitor, Optional<Ask> ask, List<Notice> notices) {

    Step {
        notices = List.copyOf(notices);
    }

    static Step asking(Monitor monitor, Ask ask, Notice... notices) {
        return new Step(monitor, Optional.of(ask), List.of(notices));
    }

    static Step resting(Monitor monitor, Notice... notices) {
        return new Step(monitor.resting(), Optional.empty(), List.of(notices));
    }
}
