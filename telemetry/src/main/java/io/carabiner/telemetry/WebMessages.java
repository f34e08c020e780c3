package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

/** What the node says about its HTTP API. Thread-safe. */
public final class WebMessages {

    private final OperatorLog log;

    /** The messages; the Go node has no logger name for these. */
    public WebMessages() {
        this.log = OperatorLog.named("");
    }

    /** The port is open. */
    public void listening(String ip, int port) {
        log.info(
                "WEB_LISTENING",
                "Listening and serving HTTP on " + ip + ":" + port,
                field("ip", ip),
                field("port", port));
    }
}
