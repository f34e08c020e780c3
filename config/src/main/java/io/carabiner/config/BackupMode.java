package io.carabiner.config;

/** What is written into a backup of the database. */
public enum BackupMode {
    /** No backups. */
    NONE("none"),
    /** Everything but jobs' runs. */
    LITE("lite"),
    /** Everything. */
    FULL("full");

    private final String text;

    BackupMode(String text) {
        this.text = text;
    }

    /** The name in the configuration. */
    @Override
    public String toString() {
        return text;
    }
}
