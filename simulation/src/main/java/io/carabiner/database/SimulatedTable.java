package io.carabiner.database;

import java.util.Collection;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rows by key. What is put in must not be changed any more; a changed row is put in anew.
 *
 * @param <K> the key
 * @param <R> the row
 */
public final class SimulatedTable<K extends Comparable<K>, R> {

    private final SimulatedJournal journal;
    private final TreeMap<K, R> rows = new TreeMap<>();

    /** An empty table. */
    public SimulatedTable(SimulatedJournal journal) {
        this.journal = journal;
    }

    /** The row with a key. */
    public Optional<R> find(K key) {
        return Optional.ofNullable(rows.get(key));
    }

    /** The row with a key, which must be there. */
    public R get(K key) {
        return find(key).orElseThrow(() -> new IllegalStateException("no row " + key));
    }

    /** All rows in the order of their keys. */
    public Collection<R> all() {
        return Collections.unmodifiableCollection(rows.values());
    }

    /** All rows by key. */
    public NavigableMap<K, R> byKey() {
        return Collections.unmodifiableNavigableMap(rows);
    }

    /** How many. */
    public int size() {
        return rows.size();
    }

    /** Stores a row in the open transaction. */
    public void put(K key, R row) {
        @Nullable R before = rows.put(key, row);
        journal.onRollback(() -> restore(key, before));
    }

    /** Removes a row in the open transaction. */
    public void remove(K key) {
        @Nullable R before = rows.remove(key);
        journal.onRollback(() -> restore(key, before));
    }

    private void restore(K key, @Nullable R before) {
        if (before == null) {
            rows.remove(key);
        } else {
            rows.put(key, before);
        }
    }
}
