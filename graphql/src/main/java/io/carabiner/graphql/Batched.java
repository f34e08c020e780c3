package io.carabiner.graphql;

/** One thing that a {@link Batch} will load. */
public record Batched<K, V>(Batch<K, V> batch, K key) {}
