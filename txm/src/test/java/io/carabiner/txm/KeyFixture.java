package io.carabiner.txm;

import io.carabiner.crypto.PrivateKey;
import io.carabiner.crypto.Secp256k1;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.TimeSource;
import io.carabiner.telemetry.Metrics;
import io.carabiner.testkit.TestChain;
import io.carabiner.testkit.TestDatabase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** One key on a real database and a real chain, driven step by step on the test's own thread. */
final class KeyFixture implements AutoCloseable {

    private static final int STEPS_MAX = 5_000;

    final TestDatabase server = TestDatabase.create();
    final TestChain chain;
    final Database database;
    final AnvilAccess access;
    final Address key;
    final List<TransactionResult> told = Collections.synchronizedList(new ArrayList<>());
    final TransactionHistory history;
    private final PrivateKey secret;
    private final TransactionStore rows;
    private final TxmSettings settings;
    private final Enqueuing enqueuing;
    final Forwarding forwarding = new Forwarding(true, unknown -> {});
    /** Called before and after each commit: may crash. */
    Runnable aroundCommit = () -> {};

    /** Asked before nonces are given. */
    SendGate gate = SendGate.OPEN;

    /** Signs in place of the key, from the next boot on. */
    Optional<RemoteSigner> remoteSigner = Optional.empty();

    KeyOwner owner;
    private FactsCollector collector;

    KeyFixture(Path folder, TestChain chain, TxmSettings settings) throws InterruptedException {
        this.chain = chain;
        this.settings = settings;
        access = new AnvilAccess(chain);
        secret = PrivateKey.of(chain.privateKeys().get(1).toArray());
        key = chain.accounts().get(1);
        database = Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {});
        history = TransactionHistory.in(database);
        rows = new SqlTransactionStore(database, chain.chainId(), this::settled, gate());
        enqueuing = new Enqueuing(chain.chainId(), settings.maxQueued(), new KeyRotation(), forwarding);
        boot();
    }

    private void settled(WriteTransaction tx, List<TransactionResult> results) {
        tx.afterCommit(() -> told.addAll(results));
    }

    static TxmSettings settings() {
        return settings(0);
    }

    /** @param maxInFlight 0 for no limit */
    static TxmSettings settings(long maxInFlight) {
        return settings(maxInFlight, 0);
    }

    /** @param bumpThreshold in blocks; 0 for no bumps */
    static TxmSettings settings(long maxInFlight, long bumpThreshold) {
        return new TxmSettings(
                maxInFlight,
                250,
                bumpThreshold,
                0,
                100_000,
                Duration.ofMinutes(1),
                Duration.ZERO,
                Duration.ZERO,
                true,
                AnvilAccess.FINALITY,
                false,
                true,
                TxmSettings.NO_PURGE,
                "");
    }

    /** A new process on the same rows. */
    void boot() {
        AttemptSigner signer =
                new AttemptSigner(chain.chainId(), (address, digest) -> Secp256k1.sign(secret, digest), remoteSigner);
        TxmObserver observer = new TxmObserver(chain.chainId(), new Metrics(), TimeSource.system());
        owner = new KeyOwner(
                key,
                new KeyContext(
                        access, tappedRows(), signer, gate(), settings, observer, TimeSource.system(), () -> {}));
        collector = new FactsCollector(access);
    }

    private SendGate gate() {
        return new SendGate() {
            @Override
            public List<GateAnswer> ask(Address owned, List<SendQuestion> queued) {
                return gate.ask(owned, queued);
            }

            @Override
            public void nonceGiven(WriteTransaction tx, List<Long> transactionIds) {
                gate.nonceGiven(tx, transactionIds);
            }
        };
    }

    private TransactionStore tappedRows() {
        return new TransactionStore() {
            @Override
            public KeyRows load(Address owned, long nowNanos) {
                return rows.load(owned, nowNanos);
            }

            @Override
            public List<Queued> queued(Address owned, int limit, List<Long> except) {
                return rows.queued(owned, limit, except);
            }

            @Override
            public Optional<Standing> standing(Address owned, long id) {
                return rows.standing(owned, id);
            }

            @Override
            public void write(Address owned, List<RowChange> changes) {
                aroundCommit.run();
                rows.write(owned, changes);
                aroundCommit.run();
            }
        };
    }

    List<EnqueueOutcome> enqueue(List<TransactionRequest> requests) {
        List<EnqueueOutcome> outcomes = database.write(tx -> {
            Enqueuing.Result result = enqueuing.enqueue(tx.sql(), List.of(key), requests);
            new Settling(this::settled).settle(tx, result.dropped());
            return result.outcomes();
        });
        owner.inbox().wake();
        return outcomes;
    }

    /** Lets the owner work until it would rest. */
    void work() throws InterruptedException {
        for (int i = 0; i < STEPS_MAX; i++) {
            if (owner.step() > 0) {
                return;
            }
        }
        throw new AssertionError("the owner does not come to rest: " + owner.trouble());
    }

    /** Lets the owner know what the newest head brought, and work on it. */
    void look() throws InterruptedException {
        owner.inbox().head(access.newest().number());
        if (owner.snapshot().isPresent() && !owner.snapshot().get().idle()) {
            owner.inbox()
                    .facts(collector
                            .collect(access.newest(), List.of(owner.snapshot().get()))
                            .getFirst());
        }
        work();
    }

    /** Blocks, each looked at, until nothing is under way. */
    void finish() throws InterruptedException {
        work();
        for (int i = 0; i < 30 && open() > 0; i++) {
            chain.mine(1);
            look();
        }
    }

    long open() {
        return count("tracked OR state = 'unstarted'");
    }

    long count(String condition) {
        return Long.parseLong(server.query("SELECT count(*) FROM carabiner.txes WHERE " + condition));
    }

    @Override
    public void close() {
        database.close();
        server.close();
    }
}
