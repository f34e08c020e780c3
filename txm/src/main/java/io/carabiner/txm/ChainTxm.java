package io.carabiner.txm;

import io.carabiner.database.WriteTransaction;
import io.carabiner.evm.HeadTracker;
import io.carabiner.keystore.EthKey;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Wei;
import io.carabiner.telemetry.HealthStatus;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The manager of one chain: one owner for each key, one watch of the chain, one reaper. */
final class ChainTxm implements Txm {

    private final TxmSetup setup;
    private final TxmSettings settings;
    private final ChainId chain;
    private final TxmObserver observer;
    private final KeyContext context;
    private final ChainWatch watch;
    private final Forwarding forwarding;
    private final ForwarderWatch forwarders;
    private final Enqueuing enqueuing;
    private final Settling settling;
    private final Clinic clinic;
    private final Optional<RemoteSigner> remoteSigner;
    private final Map<Address, KeyOwner> owners = new ConcurrentHashMap<>();
    private final List<Thread> threads = new ArrayList<>();
    private HeadTracker.@Nullable Listening listening;
    private volatile boolean running;
    private boolean closed;

    ChainTxm(TxmSetup setup, TxmSettings settings, ChainAccess access) {
        this.setup = setup;
        this.settings = settings;
        this.chain = access.chainId();
        this.observer = new TxmObserver(chain, setup.metrics(), setup.time());
        this.remoteSigner = setup.remoteSigner()
                .filter(config -> config.url().isPresent())
                .map(config -> RemoteSigner.of(chain, config));
        this.watch = new ChainWatch(access, owners::values, observer);
        this.context = new KeyContext(
                access,
                new SqlTransactionStore(setup.database(), chain, setup.listener(), setup.gate()),
                new AttemptSigner(chain, setup.keys()::sign, remoteSigner),
                setup.gate(),
                settings,
                observer,
                setup.time(),
                watch::lookAgain);
        this.forwarding = new Forwarding(
                settings.forwardersEnabled(), key -> observer.messages().noForwarder(key.toString()));
        this.forwarders = new ForwarderWatch(new Forwarders(setup.database()), forwarding, access, observer);
        this.enqueuing = new Enqueuing(chain, settings.maxQueued(), new KeyRotation(), forwarding);
        this.settling = new Settling(setup.listener());
        this.clinic = new Clinic(new DoctorFactsReader(setup.database(), access, settings, watch));
    }

    @Override
    public ChainId chainId() {
        return chain;
    }

    @Override
    public synchronized void start() {
        if (running || closed) {
            throw new IllegalStateException("the transaction manager of chain " + chain + " was started before");
        }
        running = true;
        takeUpKeys();
        forwarders.remember();
        thread("forwarders", forwarders::run);
        thread("watch", watch::run);
        Reaper reaper = new Reaper(setup.database(), chain, settings, observer, setup.time());
        thread("reaper", reaper::run);
        remoteSigner.ifPresent(signer -> thread("signer", () -> greet(signer)));
        listening = setup.chain().heads().listen(watch::head);
        setup.keys().onChange(this::keysChanged);
        setup.metrics().beforeExposition(this::showInFlight);
        setup.health().register("EVM." + chain + ".Txm", this::health);
        setup.health().register("EVM." + chain + ".Txm.Broadcaster", this::health);
        setup.health().register("EVM." + chain + ".Txm.Confirmer", this::watchHealth);
    }

    /** A wrong address or a missing key shall be seen at the start, not with the first request. */
    private void greet(RemoteSigner signer) {
        try {
            List<Address> missing = signer.missingKeys();
            if (!missing.isEmpty()) {
                observer.messages().signerLacksKeys(missing.toString());
            }
        } catch (SignerException e) {
            observer.messages().signerFailed("", e);
        }
    }

    private void thread(String name, Runnable work) {
        threads.add(Thread.ofVirtual().name("txm-" + chain + "-" + name).start(work));
    }

    @Override
    public synchronized void keysChanged() {
        if (running) {
            takeUpKeys();
        }
    }

    /** An owner for each key that may send, and for each that has something left to finish. */
    private void takeUpKeys() {
        Set<Address> enabled = new HashSet<>(enabledKeys());
        Set<Address> all = new HashSet<>(enabled);
        all.addAll(keysWithRows());
        all.forEach(key -> owners.computeIfAbsent(key, this::newOwner));
        owners.values().forEach(owner -> owner.allow(enabled.contains(owner.key())));
    }

    private KeyOwner newOwner(Address key) {
        KeyOwner owner = new KeyOwner(key, context);
        owner.allow(enabledKeys().contains(key));
        thread(key.toString(), owner::run);
        return owner;
    }

    private List<Address> enabledKeys() {
        return setup.keys().enabled(chain).stream().map(EthKey::address).toList();
    }

    private List<Address> keysWithRows() {
        return setup.database().read(sql -> sql.createQuery("""
                        SELECT DISTINCT from_address FROM carabiner.txes
                        WHERE evm_chain_id = :chain AND (tracked OR state = 'unstarted')""")
                .bind("chain", new BigDecimal(chain.value()))
                .map((row, context) -> RowReader.address(row, "from_address"))
                .list());
    }

    @Override
    public long enqueue(WriteTransaction tx, TransactionRequest request) {
        return switch (enqueueAll(tx, List.of(request)).getFirst()) {
            case EnqueueOutcome.Queued queued -> queued.id();
            case EnqueueOutcome.AlreadyThere there -> there.id();
            case EnqueueOutcome.Refused refused -> throw new TxmException(refused.code(), refused.reason());
        };
    }

    @Override
    public List<EnqueueOutcome> enqueueAll(WriteTransaction tx, List<TransactionRequest> requests) {
        if (requests.isEmpty()) {
            return List.of();
        }
        Enqueuing.Result result = enqueuing.enqueue(tx.sql(), enabledKeys(), requests);
        settling.settle(tx, result.dropped());
        tx.afterCommit(() -> result.keys().forEach(this::wake));
        return List.copyOf(result.outcomes());
    }

    private void wake(Address key) {
        KeyOwner owner = owners.get(key);
        if (owner != null) {
            owner.inbox().wake();
        }
    }

    @Override
    public void askGateAgain() {
        owners.values().forEach(owner -> {
            owner.heldBack().releaseAll();
            owner.inbox().wake();
        });
    }

    @Override
    public void forwardersChanged() {
        // Nothing more goes through one that was deleted, once this has returned.
        forwarders.remember();
        forwarders.changed();
    }

    @Override
    public ActionOutcome act(OperatorAction action, String actor) throws InterruptedException {
        Optional<KeyOwner> owner =
                switch (action) {
                    case OperatorAction.Bump bump -> ownerOf(bump.transactionId());
                    case OperatorAction.Cancel cancel -> ownerOf(cancel.transactionId());
                    case OperatorAction.Rebroadcast again -> ownerOf(again.transactionId());
                    case OperatorAction.FillNonces fill -> Optional.ofNullable(owners.get(fill.key()));
                    case OperatorAction.Abandon abandon ->
                        Optional.of(abandon.key())
                                .filter(key -> running)
                                .map(key -> owners.computeIfAbsent(key, this::newOwner));
                };
        if (owner.isEmpty()) {
            return new ActionOutcome.NotPossible(
                    action instanceof OperatorAction.FillNonces(Address key)
                            ? "key " + key + " does not send on chain " + chain
                            : "chain " + chain + " has no such transaction under way");
        }
        Order order = new Order(action, actor);
        owner.get().inbox().order(order);
        return order.await();
    }

    private Optional<KeyOwner> ownerOf(long transactionId) {
        return setup.database()
                .read(sql -> sql.createQuery("""
                                SELECT from_address FROM carabiner.txes WHERE id = :id AND evm_chain_id = :chain""")
                        .bind("id", transactionId)
                        .bind("chain", new BigDecimal(chain.value()))
                        .map((row, context) -> RowReader.address(row, "from_address"))
                        .findOne())
                .filter(key -> running)
                .map(key -> owners.computeIfAbsent(key, this::newOwner));
    }

    @Override
    public Optional<Diagnosis.OfTransaction> why(long transactionId) {
        return ownerOf(transactionId).flatMap(owner -> clinic.transaction(transactionId, owner));
    }

    @Override
    public List<Diagnosis.OfKey> why() {
        return owners.values().stream()
                .sorted(Comparator.comparing(KeyOwner::key))
                .map(clinic::key)
                .toList();
    }

    @Override
    public TransferTerms transferTerms(Address from) {
        long gas = setup.config().gasEstimator().limitTransfer();
        BigInteger price = context.chain().quote(from).ceiling().amount();
        return new TransferTerms(
                gas,
                new Wei(price.multiply(BigInteger.valueOf(gas))),
                context.chain().balance(from));
    }

    private void showInFlight() {
        if (!running) {
            return;
        }
        List<InFlight> all = owners.values().stream()
                .flatMap(owner -> owner.snapshot().stream())
                .flatMap(KeyState::waiting)
                .toList();
        OptionalLong head =
                watch.newest().map(newest -> OptionalLong.of(newest.number())).orElse(OptionalLong.empty());
        observer.showInFlight(all, head);
    }

    private HealthStatus health() {
        String troubles = owners.values().stream()
                .map(KeyOwner::trouble)
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n"));
        return troubles.isEmpty() ? HealthStatus.PASSING : HealthStatus.failing(troubles);
    }

    private HealthStatus watchHealth() {
        return watch.trouble().map(HealthStatus::failing).orElse(HealthStatus.PASSING);
    }

    @Override
    public void close() {
        List<Thread> ending;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            running = false;
            if (listening != null) {
                listening.close();
            }
            ending = List.copyOf(threads);
        }
        watch.stop();
        forwarders.stop();
        owners.values().forEach(owner -> owner.inbox().stop());
        stopAll(ending);
        remoteSigner.ifPresent(RemoteSigner::close);
        setup.health().unregister("EVM." + chain + ".Txm");
        setup.health().unregister("EVM." + chain + ".Txm.Broadcaster");
        setup.health().unregister("EVM." + chain + ".Txm.Confirmer");
    }

    /** The time that a step under way has to end before its thread is interrupted. */
    static final long STOP_TIMEOUT_MILLIS = 5_000;

    private static void stopAll(List<Thread> threads) {
        boolean interrupted = false;
        for (Thread thread : threads) {
            if (thread.getName().endsWith("-reaper")) {
                thread.interrupt();
            }
            try {
                if (!thread.join(Duration.ofMillis(STOP_TIMEOUT_MILLIS))) {
                    thread.interrupt();
                }
            } catch (InterruptedException e) {
                interrupted = true;
                thread.interrupt();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
