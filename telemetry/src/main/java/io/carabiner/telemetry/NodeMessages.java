package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

/** What the node says about starting and stopping. Thread-safe. */
public final class NodeMessages {

    private final OperatorLog log;

    /** The messages, under the Go node's logger name {@code RunNode}. */
    public NodeMessages() {
        this.log = OperatorLog.named("RunNode");
    }

    /** The first line of every start. */
    public void starting(String version, String commit) {
        log.info(
                "NODE_STARTING",
                "Starting Carabiner " + version + " at commit " + commit,
                field("Version", version),
                field("SHA", commit));
    }

    /** The node has stopped in order. */
    public void stopped() {
        log.info("NODE_STOPPED", "Stopped");
    }
}
