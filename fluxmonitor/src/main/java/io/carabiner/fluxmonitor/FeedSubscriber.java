package io.carabiner.fluxmonitor;

import io.carabiner.database.WriteTransaction;
import io.carabiner.evm.LogBatch;
import io.carabiner.evm.LogEntry;
import io.carabiner.evm.LogFilter;
import io.carabiner.evm.LogSubscriber;
import io.carabiner.primitives.Address;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Gives the events of one chain to the monitors they concern. Nothing is stored: an event is a reason to look at the
 * contract, which knows at any time what there is to answer, also after a restart or a reorganisation.
 */
final class FeedSubscriber implements LogSubscriber {

    private final Optional<Address> flags;
    private final Collection<FluxMonitor> monitors = new CopyOnWriteArrayList<>();

    FeedSubscriber(Optional<Address> flags) {
        this.flags = flags;
    }

    void add(FluxMonitor monitor) {
        monitors.add(monitor);
    }

    void remove(FluxMonitor monitor) {
        monitors.remove(monitor);
    }

    @Override
    public LogFilter filter() {
        Set<Address> contracts = new HashSet<>();
        monitors.forEach(monitor -> contracts.add(monitor.spec().contractAddress()));
        if (!contracts.isEmpty()) {
            flags.ifPresent(contracts::add);
        }
        return LogFilter.of(contracts, FeedLog.SIGNATURES);
    }

    @Override
    public void store(WriteTransaction transaction, LogBatch batch) {
        // The contract is the record.
    }

    @Override
    public void committed(LogBatch batch) {
        for (LogEntry log : batch.logs()) {
            FeedLog.read(log).ifPresent(event -> monitors.stream()
                    .filter(monitor -> concerns(monitor.spec().contractAddress(), log.address(), event))
                    .forEach(monitor -> monitor.tell(event)));
        }
    }

    /** Only the flags contract speaks of flags, and only the feed of its rounds. */
    private boolean concerns(Address feed, Address emitter, FeedLog event) {
        return switch (event) {
            case FeedLog.FlagChanged(Address subject, boolean raised) ->
                flags.filter(emitter::equals).isPresent() && (subject.equals(feed) || subject.equals(Address.ZERO));
            case FeedLog.RoundBegan began -> emitter.equals(feed);
            case FeedLog.Answered answered -> emitter.equals(feed);
        };
    }
}
