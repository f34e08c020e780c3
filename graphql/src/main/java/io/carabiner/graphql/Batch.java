package io.carabiner.graphql;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Loads many things at once, so that a list of a hundred costs one question and not a hundred. Thread-safe if its
 * function is.
 *
 * @param name unique
 * @param load answers what it finds; for a key that it leaves out the field is null
 * @param <K> with equals and hashCode
 * @param <V> as the values of {@link Shape#fields}
 */
public record Batch<K, V>(String name, Function<Set<K>, Map<K, V>> load) {

    /** The thing of a key, loaded with the others of its level. */
    public Batched<K, V> of(K key) {
        return new Batched<>(this, key);
    }
}
