package io.carabiner.telemetry;

import static io.carabiner.telemetry.OperatorLog.field;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

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

    /** What signs was decided, with the first signature. */
    public void signsWith(String engine) {
        log.info("NODE_SIGNING_ENGINE", "Transactions are signed by " + engine, field("engine", engine));
    }

    /** A key was made because the chain had none; it needs coin before it can send. */
    public void keyCreated(String address, String chainId) {
        log.info(
                "NODE_KEY_CREATED",
                "Created EVM key with ID " + address + "; fund it with the chain's native coin before it can answer",
                field("address", address),
                field("evmChainID", chainId));
    }

    /** Who may log in. */
    public void apiExposedFor(String email) {
        log.info("NODE_API_USER", "API exposed for user " + email, field("email", email));
    }

    /** Keys that the operator set and that do nothing in this version. */
    public void inertKeys(List<String> keys) {
        log.warn(
                "NODE_CONFIG_INERT",
                "These configuration keys are accepted but do nothing in this version: " + String.join(", ", keys),
                field("keys", keys));
    }

    /** The environment of version 1 configures the node; each variable that does nothing any more is told once. */
    public void legacyEnvironment(List<String> notes) {
        log.info(
                "NODE_CONFIG_ENVIRONMENT",
                "No configuration file was given: the environment variables of version 1 configure this node."
                        + " `carabiner config migrate` prints them as TOML");
        notes.forEach(note -> log.warn("NODE_CONFIG_VARIABLE_GONE", note));
    }

    /** All parts have been started. */
    public void booted(Duration after) {
        log.info("NODE_BOOTED", String.format(Locale.ROOT, "Carabiner booted in %.2fs", after.toMillis() / 1000.0));
    }

    /** The node was told to stop. */
    public void stopping(String why) {
        log.info("NODE_STOPPING", "Shutting down: " + why, field("reason", why));
    }

    /** A part did not stop in order; the others are stopped all the same. */
    public void partFailedToStop(String part, Throwable cause) {
        log.error("NODE_PART_NOT_STOPPED", "Could not stop " + part + " in order", cause, field("part", part));
    }

    /** Stopping took longer than {@code ShutdownGracePeriod}. */
    public void gracePeriodExceeded(Duration grace) {
        log.critical(
                "NODE_GRACE_PERIOD_EXCEEDED",
                "Shutdown grace period of " + grace.toSeconds()
                        + "s exceeded, exiting now; nothing is lost, the next start goes on from the database",
                field("gracePeriodSeconds", grace.toSeconds()));
    }

    /** The node has stopped in order. */
    public void stopped() {
        log.info("NODE_STOPPED", "Stopped");
    }
}
