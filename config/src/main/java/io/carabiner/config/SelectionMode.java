package io.carabiner.config;

/** Which of several healthy RPC endpoints is used. */
public enum SelectionMode {
    /** The one that has seen the highest block. */
    HIGHEST_HEAD("HighestHead"),
    /** Each in turn. */
    ROUND_ROBIN("RoundRobin"),
    /** The one with the lowest Order. */
    PRIORITY_LEVEL("PriorityLevel"),
    /** The one with the greatest total difficulty. */
    TOTAL_DIFFICULTY("TotalDifficulty");

    private final String text;

    SelectionMode(String text) {
        this.text = text;
    }

    /** The name in the configuration. */
    @Override
    public String toString() {
        return text;
    }
}
