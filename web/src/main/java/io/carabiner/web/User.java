package io.carabiner.web;

import java.time.Instant;

/**
 * Who may use the API.
 *
 * @param email lower case
 */
record User(String email, Role role, boolean hasActiveApiToken, Instant createdAt, Instant updatedAt) {}
