package io.carabiner.config;

/** How much is logged, from most to least; printed as in the configuration. */
public enum LogLevel {
    /** Everything. */
    DEBUG("debug"),
    /** What an operator reads. */
    INFO("info"),
    /** What may need attention. */
    WARN("warn"),
    /** What went wrong. */
    ERROR("error"),
    /** What needs attention at once. */
    CRIT("crit"),
    /** Only faults that end a part of the node. */
    PANIC("panic"),
    /** Only faults that end the node. */
    FATAL("fatal");

    private final String text;

    LogLevel(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
