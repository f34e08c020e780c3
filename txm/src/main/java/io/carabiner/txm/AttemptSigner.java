package io.carabiner.txm;

import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.Signature;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/**
 * Makes signed attempts for one chain: with the node's own keys, which never asks the network, or by a remote signer
 * for the keys that it holds. Safe for use by many threads.
 */
final class AttemptSigner {

    /** Up to here, handing out work costs more than signing. */
    static final int ALONE_MAX = 2;

    /** How many signatures of one batch a remote signer is asked for at once. */
    static final int REMOTE_AT_ONCE_MAX = 32;

    /** Signs a digest with a key. */
    @FunctionalInterface
    interface Signer {
        Signature sign(Address key, Hash32 digest);
    }

    private final ChainId chain;
    private final Signer signer;
    private final Optional<RemoteSigner> remote;
    private final int aloneMax;

    AttemptSigner(ChainId chain, Signer signer) {
        this(chain, signer, Optional.empty(), ALONE_MAX);
    }

    /** @param aloneMax up to so many are signed on the caller's thread */
    AttemptSigner(ChainId chain, Signer signer, int aloneMax) {
        this(chain, signer, Optional.empty(), aloneMax);
    }

    AttemptSigner(ChainId chain, Signer signer, Optional<RemoteSigner> remote) {
        this(chain, signer, remote, ALONE_MAX);
    }

    private AttemptSigner(ChainId chain, Signer signer, Optional<RemoteSigner> remote, int aloneMax) {
        this.chain = chain;
        this.signer = signer;
        this.remote = remote;
        this.aloneMax = aloneMax;
    }

    /**
     * Many attempts.
     *
     * @param signed the first of those asked for, in their order; all of them without a fault
     * @param fault why the next one was not signed
     */
    record Batch(List<SignedAttempt> signed, Optional<SignerException> fault) {}

    /** @throws SignerException if a remote signer does not sign it */
    SignedAttempt sign(Address key, UnsignedTransaction transaction, boolean purge) {
        Bytes raw = remote.filter(one -> one.signsFor(key))
                .map(one -> one.sign(key, transaction))
                .orElseGet(() -> signHere(key, transaction));
        return new SignedAttempt(
                Keccak256.hash(raw),
                raw,
                transaction.fee(),
                transaction.payload().gasLimit(),
                purge);
    }

    private Bytes signHere(Address key, UnsignedTransaction transaction) {
        Signature signature = signer.sign(key, TransactionEncoding.signingHash(chain, transaction));
        return TransactionEncoding.signed(chain, transaction, signature);
    }

    /** Many at once: on as many threads as the machine has processors for, or as the remote signer may be asked. */
    Batch signAll(Address key, List<UnsignedTransaction> transactions) throws InterruptedException {
        boolean far = remote.filter(one -> one.signsFor(key)).isPresent();
        if (!far && transactions.size() <= aloneMax) {
            return new Batch(
                    transactions.stream().map(one -> sign(key, one, false)).toList(), Optional.empty());
        }
        Semaphore places = new Semaphore(far ? REMOTE_AT_ONCE_MAX : Integer.MAX_VALUE);
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SignedAttempt>> pending = new ArrayList<>();
            for (UnsignedTransaction one : transactions) {
                pending.add(workers.submit(() -> inTurn(places, key, one)));
            }
            return collect(pending);
        }
    }

    private SignedAttempt inTurn(Semaphore places, Address key, UnsignedTransaction one) throws InterruptedException {
        places.acquire();
        try {
            return sign(key, one, false);
        } finally {
            places.release();
        }
    }

    /** Nonces stand in a row: what comes after one that was not signed is of no use. */
    private static Batch collect(List<Future<SignedAttempt>> pending) throws InterruptedException {
        List<SignedAttempt> signed = new ArrayList<>();
        for (Future<SignedAttempt> one : pending) {
            try {
                signed.add(one.get());
            } catch (ExecutionException e) {
                pending.forEach(rest -> rest.cancel(true));
                if (e.getCause() instanceof SignerException fault) {
                    return new Batch(signed, Optional.of(fault));
                }
                throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
            }
        }
        return new Batch(signed, Optional.empty());
    }
}
