package io.carabiner.fluxmonitor;

import io.carabiner.keystore.EthKey;
import io.carabiner.keystore.EthKeys;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.telemetry.FluxMonitorMessages;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which of the node's keys answers for a feed: the oldest enabled one that the contract lists. Where it lists none, the
 * oldest key stands in, and the contract is asked again at each look, so that a key that is added later is found.
 * Confined to the monitor's thread, but for {@link #current}.
 */
final class OracleKey {

    private final EthKeys keys;
    private final ChainId chain;
    private final FeedContract contract;
    private final FluxMonitorMessages messages;
    private volatile @Nullable Address listed;
    private @Nullable Address warnedOf;

    OracleKey(EthKeys keys, ChainId chain, FeedContract contract, FluxMonitorMessages messages) {
        this.keys = keys;
        this.chain = chain;
        this.contract = contract;
        this.messages = messages;
    }

    /** The key that was found last. */
    Optional<Address> current() {
        return Optional.ofNullable(listed);
    }

    /**
     * The key, asked for again if it is not enabled any more.
     *
     * @throws FeedException {@code FEED_NO_KEY} if the chain has no enabled key
     */
    Address find() {
        List<Address> enabled =
                keys.enabled(chain).stream().map(EthKey::address).toList();
        Address known = listed;
        if (known != null && enabled.contains(known)) {
            return known;
        }
        if (enabled.isEmpty()) {
            throw FeedException.noKey(chain);
        }
        List<Address> oracles = contract.oracles();
        Optional<Address> match = enabled.stream().filter(oracles::contains).findFirst();
        listed = match.orElse(null);
        return match.orElseGet(() -> standIn(enabled.getFirst()));
    }

    private Address standIn(Address first) {
        if (!first.equals(warnedOf)) {
            warnedOf = first;
            messages.notListed(first.toString());
        }
        return first;
    }
}
