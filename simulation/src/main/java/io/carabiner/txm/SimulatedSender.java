package io.carabiner.txm;

import io.carabiner.crypto.Signature;
import io.carabiner.evm.Head;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import java.math.BigInteger;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The real owners of some keys and the real watch of the chain, step by step, for a simulated world: one process. */
public final class SimulatedSender {

    /** The keys of the configuration that a world varies. */
    public record Limits(
            long maxInFlight, long bumpThreshold, long bumpTxDepth, Duration resendAfterThreshold, long finalityDepth) {

        TxmSettings settings() {
            return new TxmSettings(
                    maxInFlight,
                    0,
                    bumpThreshold,
                    bumpTxDepth,
                    21_000,
                    resendAfterThreshold,
                    Duration.ZERO,
                    Duration.ZERO,
                    true,
                    finalityDepth,
                    false,
                    false,
                    TxmSettings.NO_PURGE,
                    "");
        }
    }

    /** Metrics and messages, which outlive the processes of a world. */
    public static final class Witness {
        private final TxmObserver observer;

        /** One for each world. */
        public Witness(SimulatedNetwork network, TimeSource time) {
            observer = new TxmObserver(network.chainId(), new Metrics(), time);
        }
    }

    private final Map<Address, KeyOwner> owners = new LinkedHashMap<>();
    private final ChainWatch watch;

    /** A process that has read nothing yet. */
    public SimulatedSender(
            List<Address> keys,
            SimulatedNetwork network,
            SimulatedStore store,
            Limits limits,
            Witness witness,
            TimeSource time,
            Runnable lookSoon) {
        AttemptSigner signer =
                new AttemptSigner(network.chainId(), (key, digest) -> sign(keys, key, digest), Integer.MAX_VALUE);
        KeyContext context = new KeyContext(
                network, store, signer, SendGate.OPEN, limits.settings(), witness.observer, time, lookSoon);
        keys.forEach(key -> owners.put(key, new KeyOwner(key, context)));
        watch = new ChainWatch(network, owners::values, witness.observer);
    }

    /** No elliptic curve: from the signature the simulated chain reads who signed, by the key's place. */
    private static Signature sign(List<Address> keys, Address key, Hash32 digest) {
        BigInteger r = new BigInteger(1, digest.toArray()).shiftRight(1).add(BigInteger.ONE);
        return new Signature(0, r, BigInteger.valueOf(keys.indexOf(key) + 1L));
    }

    /** There may be something in the key's queue. */
    public void wake(Address key) {
        owner(key).inbox().wake();
    }

    /** One action of a key's owner; how long it would rest, in nanoseconds. */
    public long step(Address key) throws InterruptedException {
        return owner(key).step();
    }

    /** Lets the owners know what a head brought. */
    public void look(Head head) {
        watch.look(head);
    }

    private KeyOwner owner(Address key) {
        KeyOwner owner = owners.get(key);
        if (owner == null) {
            throw new IllegalArgumentException("nobody owns " + key);
        }
        return owner;
    }
}
