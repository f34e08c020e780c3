package io.carabiner.web;

import io.carabiner.crypto.Eip55;
import io.carabiner.graphql.Arguments;
import io.carabiner.graphql.Batch;
import io.carabiner.graphql.Shape;
import io.carabiner.keystore.EthKey;
import io.carabiner.keystore.EthKeys;
import io.carabiner.primitives.TimeSource;
import io.carabiner.primitives.Wei;
import io.carabiner.web.WebServices.ChainAccess;
import java.math.BigInteger;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Sending keys over GraphQL (Go node 2.31, core/web/resolver/eth_key.go). Their chains are asked for balances only. */
final class EthKeyQueries {

    private final EthKeys keys;
    private final List<ChainAccess> running;
    private final ChainQueries chains;
    private final Balances balances;
    private final Batch<EthKey, Object> ether = new Batch<>(
            "ether of key",
            asked -> balances(asked, balance -> balance.wei().map(Wei::new).map(GoFormats::ether)));
    private final Batch<EthKey, Object> link = new Batch<>(
            "juels of key", asked -> balances(asked, balance -> balance.juels().map(BigInteger::toString)));

    EthKeyQueries(EthKeys keys, List<ChainAccess> running, ChainQueries chains, TimeSource time) {
        this.keys = keys;
        this.running = running;
        this.chains = chains;
        this.balances = new Balances(running, time);
    }

    void addTo(QueryFields fields) {
        fields.query("ethKeys", this::list);
    }

    /** Those that may send first; those of chains that are not configured are left out. */
    private Shape list(Arguments arguments) {
        List<Shape> shown = keys.list().stream()
                .sorted(Comparator.comparing((EthKey key) -> !key.enabled()).thenComparing(EthKey::address))
                .flatMap(this::shape)
                .toList();
        return QueryFields.results("EthKeysPayload", shown);
    }

    private Stream<Shape> shape(EthKey key) {
        return chains.find(key.chainId()).stream().map(chain -> Shape.of("EthKey")
                .with("address", Eip55.format(key.address()))
                .with("isDisabled", !key.enabled())
                .with("createdAt", key.createdAt())
                .with("updatedAt", key.updatedAt())
                .with("chain", chain)
                .with("ethBalance", ether.of(key))
                .with("linkBalance", link.of(key))
                .with(
                        "maxGasPriceWei",
                        running.stream()
                                .filter(access -> access.id().equals(key.chainId()))
                                .map(access ->
                                        access.priceMax().apply(key.address()).toString())
                                .findFirst()));
    }

    private Map<EthKey, Object> balances(Set<EthKey> asked, Function<Balances.Balance, Optional<String>> amount) {
        List<EthKey> ordered = List.copyOf(asked);
        List<Balances.Balance> found = balances.of(ordered);
        return IntStream.range(0, ordered.size())
                .boxed()
                .filter(i -> amount.apply(found.get(i)).isPresent())
                .collect(Collectors.toMap(
                        ordered::get, i -> amount.apply(found.get(i)).orElseThrow()));
    }
}
