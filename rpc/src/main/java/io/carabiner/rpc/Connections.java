package io.carabiner.rpc;

import java.util.LinkedHashSet;

/** The connections of an endpoint on which its chain id was asked. Thread-safe. */
final class Connections {

    /** Older ones are forgotten, and so asked again. */
    private static final int KEPT_MAX = 256;

    /** Of a transport that checks each connection itself when it opens it. */
    static final String CHECKED_WHEN_OPENED = "";

    // Guarded by this.
    private final LinkedHashSet<String> known = new LinkedHashSet<>();

    synchronized boolean isKnown(String connection) {
        return connection.equals(CHECKED_WHEN_OPENED) || known.contains(connection);
    }

    synchronized void add(String connection) {
        known.remove(connection);
        known.add(connection);
        if (known.size() > KEPT_MAX) {
            known.removeFirst();
        }
    }
}
