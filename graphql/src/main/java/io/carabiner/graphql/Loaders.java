package io.carabiner.graphql;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.dataloader.DataLoader;
import org.dataloader.DataLoaderFactory;
import org.dataloader.DataLoaderRegistry;
import org.dataloader.MappedBatchLoader;

/** The batches of one document. The library calls them when a level of the answer is complete. */
record Loaders(DataLoaderRegistry registry) {

    Loaders() {
        this(new DataLoaderRegistry());
    }

    <K, V> CompletableFuture<V> load(Batched<K, V> wanted) {
        DataLoader<K, V> loader = registry.computeIfAbsent(wanted.batch().name(), name -> loader(wanted.batch()));
        return loader.load(wanted.key());
    }

    private static <K, V> DataLoader<K, V> loader(Batch<K, V> batch) {
        MappedBatchLoader<K, V> load = keys -> {
            Map<K, V> found = batch.load().apply(keys);
            return CompletableFuture.completedFuture(found);
        };
        return DataLoaderFactory.newMappedDataLoader(load);
    }
}
