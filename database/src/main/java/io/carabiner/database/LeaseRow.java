package io.carabiner.database;

import java.time.Duration;
import java.time.OffsetDateTime;

/**
 * The lease as it stands in the database.
 *
 * @param expired by the database's clock
 * @param left until it expires, by the same clock; zero when it has
 * @param sessionEnded the holder named its database session, and the server does not have it any more
 */
record LeaseRow(
        long epoch,
        ProcessIdentity holder,
        OffsetDateTime expiresAt,
        boolean expired,
        Duration left,
        boolean sessionEnded) {}
