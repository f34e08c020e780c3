package io.carabiner.txm;

import io.carabiner.crypto.Keccak256;
import io.carabiner.crypto.Signature;
import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes signed attempts for one chain. Never asks the network. Safe for use by many threads. */
final class AttemptSigner {

    /** Up to here, handing out work costs more than signing. */
    static final int ALONE_MAX = 2;

    /** Signs a digest with a key. */
    @FunctionalInterface
    interface Signer {
        Signature sign(Address key, Hash32 digest);
    }

    private final ChainId chain;
    private final Signer signer;
    private final int aloneMax;

    AttemptSigner(ChainId chain, Signer signer) {
        this(chain, signer, ALONE_MAX);
    }

    /** @param aloneMax up to so many are signed on the caller's thread */
    AttemptSigner(ChainId chain, Signer signer, int aloneMax) {
        this.chain = chain;
        this.signer = signer;
        this.aloneMax = aloneMax;
    }

    SignedAttempt sign(Address key, UnsignedTransaction transaction, boolean purge) {
        Signature signature = signer.sign(key, TransactionEncoding.signingHash(chain, transaction));
        Bytes raw = TransactionEncoding.signed(chain, transaction, signature);
        FeeQuote fee = transaction.fee();
        return new SignedAttempt(
                Keccak256.hash(raw), raw, fee, transaction.payload().gasLimit(), purge);
    }

    /** Many at once, on as many threads as the machine has processors for. */
    List<SignedAttempt> signAll(Address key, List<UnsignedTransaction> transactions) throws InterruptedException {
        if (transactions.size() <= aloneMax) {
            return transactions.stream().map(one -> sign(key, one, false)).toList();
        }
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<SignedAttempt>> pending = new ArrayList<>();
            transactions.forEach(one -> pending.add(workers.submit(() -> sign(key, one, false))));
            List<SignedAttempt> signed = new ArrayList<>();
            for (Future<SignedAttempt> one : pending) {
                signed.add(one.get());
            }
            return signed;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
