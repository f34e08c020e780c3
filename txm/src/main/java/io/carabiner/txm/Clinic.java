package io.carabiner.txm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Asks the doctor about transactions and keys of one chain. Safe for use by many threads. */
final class Clinic {

    private final DoctorFactsReader reader;

    Clinic(DoctorFactsReader reader) {
        this.reader = reader;
    }

    /** Why a transaction of a key waits. */
    Optional<Diagnosis.OfTransaction> transaction(long id, KeyOwner owner) {
        return reader.transaction(id, owner)
                .map(facts -> new Diagnosis.OfTransaction(
                        id, reader.chainId(), owner.key(), facts.state(), facts.nonce(), Doctor.diagnose(facts)));
    }

    /** What a key waits for: what its lowest transaction waits for, or why none of the queued ones starts. */
    Diagnosis.OfKey key(KeyOwner owner) {
        DoctorFacts.OfKey key = reader.key(owner, OptionalLong.empty());
        OptionalLong oldest = key.lowest();
        List<Finding> findings = new ArrayList<>();
        if (oldest.isPresent()) {
            reader.transaction(oldest.getAsLong(), owner).map(Doctor::diagnose).ifPresent(findings::addAll);
        } else if (key.queued() > 0) {
            findings.addAll(Doctor.diagnose(firstQueued(owner, key)));
        }
        if (findings.isEmpty()) {
            findings.add(Finding.of(
                    key.enabled() ? "IDLE" : "KEY_DISABLED",
                    key.enabled() ? "Nothing waits." : "Nothing waits, and the key is disabled on this chain."));
        }
        return new Diagnosis.OfKey(reader.chainId(), owner.key(), key.queued(), key.inFlight(), oldest, findings);
    }

    /** As the first of the queue, whichever that is; what the guards hold back stands for all. */
    private DoctorFacts firstQueued(KeyOwner owner, DoctorFacts.OfKey key) {
        return new DoctorFacts(
                0,
                TransactionState.UNSTARTED,
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                owner.heldBack().reasons().values().stream().findFirst(),
                key,
                reader.chain(owner));
    }
}
