package io.carabiner.graphql;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Answers GraphQL documents. Thread-safe. Nothing of the schema or the library is loaded before the first document.
 *
 * @param <C> what resolvers know of callers
 */
public final class GraphqlService<C> {

    private final Map<String, RootField<C>> queries;
    private final Map<String, RootField<C>> mutations;
    private final QueryLimits limits;
    private final Consumer<Throwable> faults;
    private @Nullable Engine<C> engine;

    /**
     * A service.
     *
     * @param queries a resolver for each field of {@code Query}
     * @param mutations a resolver for each field of {@code Mutation}
     * @param faults told of each exception of a resolver that callers must not read
     */
    public GraphqlService(
            Map<String, RootField<C>> queries,
            Map<String, RootField<C>> mutations,
            QueryLimits limits,
            Consumer<Throwable> faults) {
        this.queries = Map.copyOf(queries);
        this.mutations = Map.copyOf(mutations);
        this.limits = limits;
        this.faults = faults;
    }

    /**
     * Answers a document. Resolvers are called on the calling thread.
     *
     * @param viewer empty for somebody who is not logged in
     * @return {@code errors} and {@code data} as the specification has them, of texts, numbers, truth values, maps,
     *     lists and null
     * @throws IllegalStateException if a field of a root has no resolver
     */
    public Map<String, @Nullable Object> answer(Ask ask, Optional<Viewer<C>> viewer) {
        return engine().answer(ask, viewer);
    }

    private synchronized Engine<C> engine() {
        Engine<C> ready = engine;
        if (ready == null) {
            ready = new Engine<>(new Roots<>(queries, mutations), limits, faults);
            engine = ready;
        }
        return ready;
    }
}
