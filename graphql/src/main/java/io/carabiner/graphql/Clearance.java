package io.carabiner.graphql;

import java.util.Locale;

/** How much a caller may do; each may do all that those before it may. */
public enum Clearance {
    /** Look. */
    VIEW,
    /** Start runs. */
    RUN,
    /** Change jobs and bridges, make keys. */
    EDIT,
    /** Everything. */
    ADMIN;

    /** As it is written in errors. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean covers(Clearance needed) {
        return compareTo(needed) >= 0;
    }
}
