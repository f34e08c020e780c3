package io.carabiner.web;

import java.util.Optional;

/**
 * Which user calls, and how they showed it.
 *
 * @param session empty when they came with an API token
 */
record Principal(User user, Optional<SessionId> session) implements Caller {}
