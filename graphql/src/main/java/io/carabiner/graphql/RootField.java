package io.carabiner.graphql;

import org.jspecify.annotations.Nullable;

/**
 * A field of {@code Query} or {@code Mutation}.
 *
 * @param needed the least that a caller must be allowed
 * @param <C> what resolvers know of callers
 */
public record RootField<C>(Clearance needed, Resolver<C> resolver) {

    /** Answers a field. */
    @FunctionalInterface
    public interface Resolver<C> {

        /**
         * A {@link Shape}.
         *
         * @throws RefusedException for an error that the caller may read; any other exception is a fault of the node
         */
        @Nullable
        Object resolve(Arguments arguments, C caller);
    }
}
