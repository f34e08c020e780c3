/**
 * The HTTP API of the node: sessions, REST resources, health, metrics.
 *
 * <p>It owns users and sessions. It must not decide anything about jobs, keys or transactions.
 */
@NullMarked
package io.carabiner.web;

import org.jspecify.annotations.NullMarked;
