/**
 * The commands an operator types against a running node, and the tables they print.
 *
 * <p>It talks to a node over HTTP only. It must not open the database or a key.
 */
@NullMarked
package io.carabiner.cli;

import org.jspecify.annotations.NullMarked;
