package io.carabiner.graphql;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What belongs to one document that is being answered.
 *
 * @param objectsLeft how many more objects the answer may have
 */
record Asking<C>(Optional<Viewer<C>> viewer, Loaders loaders, AtomicInteger objectsLeft) {

    /** Its place in the library's context. */
    static final String KEY = "carabiner.asking";

    /** Takes from what is left. */
    void spend(int objects) {
        if (objectsLeft.addAndGet(-objects) < 0) {
            throw new RefusedException("the answer has too many objects: ask for smaller pages");
        }
    }
}
