package io.carabiner.guards;

import java.util.Locale;

/** Somebody whose spending of a day has a limit. */
record Spender(Kind kind, String name) {

    /** The kinds of spenders. */
    enum Kind {
        KEY,
        JOB,
        REQUESTER;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As it is stored and shown: {@code job 12}. */
    @Override
    public String toString() {
        return kind + " " + name;
    }
}
