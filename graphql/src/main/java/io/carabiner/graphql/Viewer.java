package io.carabiner.graphql;

/**
 * Who asks.
 *
 * @param who given to the resolvers
 * @param <C> what the room that brings the resolvers knows of callers
 */
public record Viewer<C>(Clearance clearance, C who) {}
