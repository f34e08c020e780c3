package io.carabiner.pipeline;

import java.util.Optional;

/** Finds bridges while a run is executed. Called by many threads at once; must be quick (a cache). */
public interface BridgeLookup {

    /** The bridge with this name, in whatever case it is written. */
    Optional<Bridge> bridge(String name);
}
