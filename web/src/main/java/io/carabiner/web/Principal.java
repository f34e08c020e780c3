package io.carabiner.web;

import java.util.Optional;

/**
 * Who calls, and how they showed it.
 *
 * @param session empty when they came with an API token
 */
record Principal(User user, Optional<SessionId> session) {}
