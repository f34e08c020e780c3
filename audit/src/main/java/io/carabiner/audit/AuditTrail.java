package io.carabiner.audit;

import io.carabiner.database.Database;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.AuditMessages;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.ObjectMapper;

/** The audit log. Thread-safe; entries are written one after the other. */
public final class AuditTrail implements AutoCloseable {

    /** An entry's details have at most as many characters; longer ones are told by their length only. */
    public static final int DATA_MAX_CHARACTERS = 65_536;

    private static final int VERIFY_PAGE_ROWS = 1_000;

    private final Database database;
    private final TimeSource time;
    private final Optional<AuditForwarder> forwarder;
    private final AuditMessages messages = new AuditMessages();
    private final ObjectMapper json = new ObjectMapper();

    /**
     * The audit log of a node.
     *
     * @param forwarder where entries go besides; closed with this
     */
    public AuditTrail(Database database, TimeSource time, Optional<AuditForwarder> forwarder) {
        this.database = database;
        this.time = time;
        this.forwarder = forwarder;
    }

    /**
     * Keeps an event and sends it on. What was done is done by then, so a database that refuses is told as an error of
     * the node and not to the caller.
     */
    public synchronized void record(AuditEvent event) {
        String data = limited(json.writeValueAsString(event.data()));
        forwarder.ifPresent(sink -> sink.offer(event));
        try {
            database.execute(transaction -> append(transaction, event, data));
        } catch (RuntimeException e) {
            messages.notKept(event.eventId(), event.actor(), e);
        }
    }

    private String limited(String data) {
        return data.length() <= DATA_MAX_CHARACTERS
                ? data
                : "{\"left out\":\"" + data.length() + " characters, more than " + DATA_MAX_CHARACTERS + "\"}";
    }

    private void append(WriteTransaction transaction, AuditEvent event, String data) {
        Handle sql = transaction.sql();
        Optional<AuditEntry> last = AuditStore.last(sql);
        Instant now = time.now().truncatedTo(ChronoUnit.MICROS);
        long sequence = last.map(AuditEntry::sequence).orElse(0L) + 1;
        Hash32 previous = last.map(AuditEntry::hash).orElse(Hash32.ZERO);
        AuditStore.insert(sql, AuditChain.next(sequence, now, event, data, previous));
    }

    /** Entries, the newest first. */
    public List<AuditEntry> newest(int offset, int most) {
        return database.read(sql -> AuditStore.newest(sql, offset, most));
    }

    /** How many there are. */
    public long count() {
        return database.read(AuditStore::count);
    }

    /**
     * Looks through all entries, in pages, from the first on.
     *
     * @param known a hash that was the head once, and must be among the entries still; empty if none is known
     */
    public AuditVerdict verify(Optional<Hash32> known) {
        AuditVerdict verdict = new AuditVerdict.Intact(0, Hash32.ZERO);
        boolean missing = known.isPresent();
        while (verdict instanceof AuditVerdict.Intact soFar) {
            List<AuditEntry> page = database.read(sql -> AuditStore.after(sql, soFar.entries(), VERIFY_PAGE_ROWS));
            if (page.isEmpty()) {
                return missing ? AuditChain.cutOff(soFar, known.orElseThrow()) : soFar;
            }
            missing &= page.stream().noneMatch(entry -> entry.hash().equals(known.orElse(Hash32.ZERO)));
            verdict = through(soFar, page);
        }
        return verdict;
    }

    private static AuditVerdict through(AuditVerdict.Intact start, List<AuditEntry> page) {
        AuditVerdict.Intact soFar = start;
        for (AuditEntry entry : page) {
            switch (AuditChain.continues(soFar, entry)) {
                case AuditVerdict.Intact longer -> soFar = longer;
                case AuditVerdict.Broken broken -> {
                    return broken;
                }
            }
        }
        return soFar;
    }

    /** Ends the forwarding. */
    @Override
    public void close() {
        forwarder.ifPresent(AuditForwarder::close);
    }
}
