/**
 * Fixtures for the tests of all rooms: a migrated PostgreSQL, an anvil, fault proxies, test clocks.
 *
 * <p>It is never on the class path of a running node. It must not know a room above the ground.
 */
@NullMarked
package io.carabiner.testkit;

import org.jspecify.annotations.NullMarked;
