package io.carabiner.simulation;

import io.carabiner.evm.FeeBump;
import io.carabiner.evm.FeeQuote;
import io.carabiner.evm.Head;
import io.carabiner.evm.SimulatedFees;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import io.carabiner.rpc.SendOutcome;
import io.carabiner.txm.MinedReceipt;
import io.carabiner.txm.SimulatedNetwork;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SortedMap;

/** The endpoints as the transaction manager uses them. */
final class Sending implements SimulatedNetwork {

    static final ChainId CHAIN = ChainId.of(1337);
    static final long PRICE_MAX_GWEI = 500;

    /** Requests whose id begins so have answers that can never be valid. */
    static final byte BAD = (byte) 0xbd;

    private static final BigInteger REPLACEMENT_PERCENT = BigInteger.valueOf(110);
    private static final BigInteger HUNDRED = BigInteger.valueOf(100);

    private final Random random;
    private final TrueChain chain;
    private final Endpoints endpoints;
    private final List<Address> keys;
    private final long finalityDepth;
    private final Runnable mayDie;
    private final SimulatedFees fees;
    private final List<RawTransaction> given = new ArrayList<>();
    private boolean broke;

    Sending(
            Random random,
            TrueChain chain,
            Endpoints endpoints,
            List<Address> keys,
            long finalityDepth,
            Runnable mayDie,
            Wei priceMax) {
        this.random = random;
        this.chain = chain;
        this.endpoints = endpoints;
        this.keys = keys;
        this.finalityDepth = finalityDepth;
        this.mayDie = mayDie;
        this.fees = new SimulatedFees(priceMax);
    }

    /** All that was ever given to the network, in order. */
    List<RawTransaction> given() {
        return given;
    }

    /** Whether the keys cannot pay. */
    void broke(boolean now) {
        broke = now;
    }

    boolean isBroke() {
        return broke;
    }

    @Override
    public ChainId chainId() {
        return CHAIN;
    }

    @Override
    public long minedCount(Address key) {
        endpoints.failSometimes();
        return count(key);
    }

    private long count(Address key) {
        return endpoints.view().getLast().counts().getOrDefault(key, 0L);
    }

    @Override
    public long pendingCount(Address key) {
        endpoints.failSometimes();
        long next = count(key);
        while (chain.poolOf(key).containsKey(next)) {
            next++;
        }
        return next;
    }

    @Override
    public List<SendOutcome> send(List<Bytes> signed) {
        mayDie.run();
        List<SendOutcome> outcomes = new ArrayList<>();
        for (Bytes raw : signed) {
            RawTransaction transaction = RawTransaction.decode(raw, keys);
            given.add(transaction);
            outcomes.add(send(transaction));
        }
        mayDie.run();
        return outcomes;
    }

    private SendOutcome send(RawTransaction transaction) {
        if (endpoints.strikes(EndpointTrouble.TIMEOUT) || endpoints.strikes(EndpointTrouble.BATCH_PARTLY_FAILS)) {
            return new SendOutcome.Retryable("no answer");
        }
        if (endpoints.strikes(EndpointTrouble.RESET_AFTER_SEND)) {
            SendOutcome unheard = take(transaction);
            return new SendOutcome.Retryable("the answer was lost: " + unheard);
        }
        if (endpoints.strikes(EndpointTrouble.TAKEN_BUT_DROPPED)) {
            return new SendOutcome.Accepted();
        }
        if (endpoints.strikes(EndpointTrouble.ALREADY_KNOWN)) {
            return new SendOutcome.AlreadyKnown("already known");
        }
        if (endpoints.strikes(EndpointTrouble.NONCE_TOO_LOW_OR_HIGH)) {
            return random.nextBoolean()
                    ? new SendOutcome.NonceTooLow("nonce too low")
                    : new SendOutcome.NonceTooHigh("nonce too high");
        }
        if (endpoints.strikes(EndpointTrouble.UNDERPRICED)) {
            return new SendOutcome.Underpriced("transaction underpriced");
        }
        return endpoints.strikes(EndpointTrouble.UNKNOWN_WORDS)
                ? new SendOutcome.Unknown("words that nobody knows")
                : take(transaction);
    }

    private SendOutcome take(RawTransaction transaction) {
        if (transaction.nonce() < chain.tip().counts().getOrDefault(transaction.from(), 0L)) {
            return new SendOutcome.NonceTooLow("nonce too low");
        }
        if (broke) {
            return new SendOutcome.InsufficientFunds("insufficient funds for gas * price + value");
        }
        if (!transaction.data().isEmpty() && transaction.data().at(0) == BAD) {
            return new SendOutcome.Fatal("intrinsic gas too low");
        }
        SortedMap<Long, RawTransaction> pool = chain.poolOf(transaction.from());
        RawTransaction there = pool.get(transaction.nonce());
        if (there != null && there.hash().equals(transaction.hash())) {
            return new SendOutcome.AlreadyKnown("already known");
        }
        if (there != null && !outbids(transaction, there)) {
            return new SendOutcome.ReplacementUnderpriced("replacement transaction underpriced");
        }
        pool.put(transaction.nonce(), transaction);
        return new SendOutcome.Accepted();
    }

    private static boolean outbids(RawTransaction fresh, RawTransaction there) {
        BigInteger least = there.feeCap().multiply(REPLACEMENT_PERCENT).divide(HUNDRED);
        return fresh.feeCap().compareTo(least) >= 0;
    }

    @Override
    public List<Optional<MinedReceipt>> receipts(List<Hash32> hashes) {
        endpoints.failSometimes();
        List<TrueChain.Block> line = endpoints.view();
        return hashes.stream().map(hash -> receipt(hash, line)).toList();
    }

    private Optional<MinedReceipt> receipt(Hash32 hash, List<TrueChain.Block> line) {
        return endpoints.strikes(EndpointTrouble.RECEIPTS_VANISH)
                ? Optional.empty()
                : chain.where(hash, line).map(block -> receipt(hash, block));
    }

    private static MinedReceipt receipt(Hash32 hash, TrueChain.Block block) {
        int place = 0;
        while (!block.mined().get(place).transaction().hash().equals(hash)) {
            place++;
        }
        boolean successful = block.mined().get(place).successful();
        return new MinedReceipt(hash, block.number(), block.hash(), place, successful, "{}");
    }

    @Override
    public List<Optional<Head>> blocks(List<Long> numbers) {
        endpoints.failSometimes();
        List<TrueChain.Block> line = endpoints.view();
        return numbers.stream().map(number -> endpoints.block(number, line)).toList();
    }

    @Override
    public long finalizedNumber(Head newest) {
        return newest.number() - finalityDepth;
    }

    @Override
    public List<Boolean> known(List<Hash32> hashes) {
        endpoints.failSometimes();
        List<TrueChain.Block> line = endpoints.view();
        return hashes.stream()
                .map(hash -> chain.waits(hash) || chain.where(hash, line).isPresent())
                .toList();
    }

    @Override
    public Wei balance(Address account) {
        endpoints.failSometimes();
        return broke ? Wei.ZERO : Wei.ofGwei(1_000_000_000);
    }

    private Wei baseFee() {
        return chain.tip().head().baseFee().orElseThrow();
    }

    @Override
    public FeeQuote quote(Address key) {
        return fees.quote(baseFee());
    }

    @Override
    public FeeBump bump(FeeQuote previous, Address key) {
        return fees.bump(previous, baseFee());
    }

    @Override
    public long gasLimit(long wanted, int dataBytes) {
        return wanted;
    }
}
