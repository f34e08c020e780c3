package io.carabiner.web;

import java.util.List;

/**
 * A part of a list.
 *
 * @param count how many the whole list has
 */
public record Listing<T>(List<T> items, long count) {

    /** Copies the list. */
    public Listing {
        items = List.copyOf(items);
    }
}
