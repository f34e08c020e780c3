package io.carabiner.web;

import io.carabiner.evm.BlockTag;
import io.carabiner.evm.CallRequest;
import io.carabiner.evm.EthClient;
import io.carabiner.keystore.EthKey;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.FaultException;
import io.carabiner.primitives.TimeSource;
import io.carabiner.web.WebServices.ChainAccess;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;

/** What keys own, asked from their chains, all at once. What a chain does not say in time is left out. */
final class Balances {

    private static final long WAIT_MAX_MILLIS = 5_000;

    /** The selector of {@code balanceOf(address)}. */
    private static final Bytes BALANCE_OF = Bytes.fromHex("70a08231");

    /** Empty where the chain did not say. */
    record Balance(Optional<BigInteger> wei, Optional<BigInteger> juels) {}

    private final List<ChainAccess> chains;
    private final TimeSource time;

    Balances(List<ChainAccess> chains, TimeSource time) {
        this.chains = chains;
        this.time = time;
    }

    /** In the order of the keys. */
    List<Balance> of(List<EthKey> keys) {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            long deadlineNanos = time.monotonicNanos() + TimeUnit.MILLISECONDS.toNanos(WAIT_MAX_MILLIS);
            List<Future<Optional<BigInteger>>> wei =
                    keys.stream().map(key -> threads.submit(() -> wei(key))).toList();
            List<Future<Optional<BigInteger>>> juels =
                    keys.stream().map(key -> threads.submit(() -> juels(key))).toList();
            return IntStream.range(0, keys.size())
                    .mapToObj(i -> new Balance(await(wei.get(i), deadlineNanos), await(juels.get(i), deadlineNanos)))
                    .toList();
        } finally {
            threads.shutdownNow();
        }
    }

    private Optional<BigInteger> await(Future<Optional<BigInteger>> answer, long deadlineNanos) {
        try {
            return answer.get(Math.max(0, deadlineNanos - time.monotonicNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private Optional<ChainAccess> chain(EthKey key) {
        return chains.stream().filter(chain -> chain.id().equals(key.chainId())).findFirst();
    }

    private Optional<BigInteger> wei(EthKey key) {
        return chain(key)
                .flatMap(chain -> ask(() ->
                        chain.rpc().balance(key.address(), BlockTag.LATEST).amount()));
    }

    private Optional<BigInteger> juels(EthKey key) {
        return chain(key).flatMap(chain -> chain.linkContract()
                .flatMap(link -> ask(() -> balanceOf(chain.rpc(), link, key.address()))));
    }

    private static BigInteger balanceOf(EthClient rpc, Address token, Address owner) {
        Bytes data = BALANCE_OF.concat(Bytes.of(new byte[12])).concat(Bytes.fromHex(owner.toString()));
        Bytes answer = rpc.call(CallRequest.to(token, data), BlockTag.LATEST);
        return new BigInteger(1, answer.toArray());
    }

    private static Optional<BigInteger> ask(Callable<BigInteger> question) {
        try {
            return Optional.of(question.call());
        } catch (FaultException e) {
            return Optional.empty();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
