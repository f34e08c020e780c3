/**
 * Reads the operator's TOML, secrets and environment into one typed, validated configuration.
 *
 * <p>It owns every key, its type, default, documentation and chain-dependent value. It must not open sockets, databases
 * or keys.
 */
@NullMarked
package io.carabiner.config;

import org.jspecify.annotations.NullMarked;
