package io.carabiner.rpc;

/**
 * What one endpoint says.
 *
 * @param node the endpoint's name
 * @param value its answer, read
 */
public record NodeAnswer<T>(String node, T value) {}
