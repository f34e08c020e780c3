package io.carabiner.database;

import java.time.OffsetDateTime;

/**
 * The lease as it stands in the database.
 *
 * @param expired by the database's clock
 * @param sessionEnded the holder named its database session, and the server does not have it any more
 */
record LeaseRow(long epoch, ProcessIdentity holder, OffsetDateTime expiresAt, boolean expired, boolean sessionEnded) {}
