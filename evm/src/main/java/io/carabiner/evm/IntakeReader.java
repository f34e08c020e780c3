package io.carabiner.evm;

import io.carabiner.rpc.RpcException;
import io.carabiner.rpc.RpcFault;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out what blocks hold, with as few calls as that needs. Confined to one thread. */
final class IntakeReader {

    /** How often the first block of the chain is asked for. */
    private static final int FIRST_ASKS_MAX = 5;

    /** How the events of a range are known. */
    enum Kind {
        /** Asked for over the range, with headers of the same endpoint. */
        PROVEN,
        /** Asked for by the block's hash. */
        ASKED,
        /** Not asked for, since the header says that there are none. */
        EXCLUDED
    }

    /**
     * What was found.
     *
     * @param first the first block of the chain, where it was not known yet
     */
    record Reading(RangeAnswer answer, Kind kind, Optional<Head> first) {

        Reading with(RangeAnswer completed) {
            return new Reading(completed, kind, first);
        }

        boolean proven() {
            return kind == Kind.PROVEN;
        }
    }

    private final IntakeChain chain;
    private final BloomTrust trust;
    private final List<LogSubscriber> subscribers;
    private int firstAsks;

    IntakeReader(IntakeChain chain, BloomTrust trust, List<LogSubscriber> subscribers) {
        this.chain = chain;
        this.trust = trust;
        this.subscribers = subscribers;
    }

    /** Asks for all there is in a range, and for the headers that prove it. */
    Reading proof(BlockTrail trail, IntakePlan.Read plan, Head head, LogFilter wanted) {
        Optional<Head> first = first(trail, head);
        boolean headersOfLogs = subscribers.stream().anyMatch(LogSubscriber::needsHeaders);
        return new Reading(chain.read(wanted, plan, headersOfLogs), Kind.PROVEN, first);
    }

    /** The announced head is the next block: all there is to know of it but its events. */
    Reading follow(BlockTrail trail, Head head, LogFilter wanted) {
        Map<Long, Head> heads = Map.of(head.number(), head);
        trust.saw(head);
        if (wanted.isNothing() || trust.excludes(head, wanted)) {
            return new Reading(new RangeAnswer(List.of(), heads), Kind.EXCLUDED, first(trail, head));
        }
        return chain.logsOf(wanted, head)
                .map(logs -> new Reading(new RangeAnswer(logs, heads), Kind.ASKED, first(trail, head)))
                .orElseGet(() -> proof(trail, IntakePlan.Read.of(head), head, wanted));
    }

    /**
     * The first block of all, which tells whether a chain began anew: asked for until it is stored, but not
     * often, since
     * it does not matter much if it is not to be had.
     */
    private Optional<Head> first(BlockTrail trail, Head head) {
        if (firstAsks >= FIRST_ASKS_MAX || trail.hash(0).isPresent()) {
            return Optional.empty();
        }
        firstAsks++;
        try {
            Map<Long, Head> found = chain.headers(List.of(0L, head.number()));
            @Nullable Head newest = found.get(head.number());
            boolean sameChain = newest != null && newest.hash().equals(head.hash());
            return sameChain ? Optional.ofNullable(found.get(0L)) : Optional.empty();
        } catch (RpcException e) {
            if (e.fault() != RpcFault.ERROR_OBJECT) {
                throw e;
            }
            return Optional.empty();
        }
    }

    /** It is to be asked for again. */
    void forgetFirst() {
        firstAsks = 0;
    }
}
