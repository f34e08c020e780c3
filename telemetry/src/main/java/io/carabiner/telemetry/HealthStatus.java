package io.carabiner.telemetry;

/** What a health check found. */
public sealed interface HealthStatus {

    /** All is well. */
    HealthStatus PASSING = new Passing();

    /** Not well, for the reason given. */
    static HealthStatus failing(String reason) {
        return new Failing(reason);
    }

    /** All is well. */
    record Passing() implements HealthStatus {}

    /**
     * Not well.
     *
     * @param reason what is wrong, as the operator should read it; may have several lines
     */
    record Failing(String reason) implements HealthStatus {}
}
