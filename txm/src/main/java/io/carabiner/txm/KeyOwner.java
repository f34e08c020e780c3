package io.carabiner.txm;

import io.carabiner.database.FencedException;
import io.carabiner.primitives.Address;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The one owner of a key's transactions on one chain: decides, does one thing, writes it down, and decides again. What
 * it remembers is a copy of the rows; after any fault it forgets everything and reads them again, as after a crash.
 *
 * <p>One thread runs it; {@link #inbox} and {@link #snapshot} are for others.
 */
final class KeyOwner {

    /** How many heads in a row a nonce must be seen empty before it is filled. */
    static final int GAP_HEADS = 3;

    /** How long transactions of the key that this node does not know may stay in pools before it goes on. */
    static final Duration AHEAD_WAIT = Duration.ofSeconds(60);

    private final Address key;
    private final KeyContext context;
    private final KeyActions actions;
    private final OperatorWork operator;
    private final StuckWatch stuckWatch;
    private final Strangers strangers;
    private final Deque<Order> orders = new ArrayDeque<>();
    private final Inbox inbox = new Inbox();
    private final HeldBack heldBack = new HeldBack();

    private volatile @Nullable KeyState state;
    private volatile boolean mayStart = true;
    private volatile Optional<String> trouble = Optional.empty();
    private OptionalLong aheadSinceNanos = OptionalLong.empty();
    private boolean nonceKnown;
    private long syncNotBeforeNanos;
    private boolean queued = true;
    private long queueSeenNanos;
    private boolean startedLast;
    private OptionalLong head = OptionalLong.empty();
    /** The newest head of which it is known what it means for the rows. */
    private OptionalLong digestedHead = OptionalLong.empty();

    private Optional<HeadFacts> facts = Optional.empty();
    private List<Long> gap = List.of();
    private int gapHeads;
    private int faults;
    private volatile Optional<String> signerTrouble = Optional.empty();
    private long signNotBeforeNanos;
    private int signerFaults;

    KeyOwner(Address key, KeyContext context) {
        this.key = key;
        this.context = context;
        this.actions = new KeyActions(key, context, heldBack);
        this.operator = new OperatorWork(key, context, actions);
        this.stuckWatch = new StuckWatch(key, context);
        this.strangers = new Strangers(key, context);
        this.syncNotBeforeNanos = context.time().monotonicNanos();
        this.queueSeenNanos = context.time().monotonicNanos();
        this.signNotBeforeNanos = context.time().monotonicNanos();
    }

    Address key() {
        return key;
    }

    Inbox inbox() {
        return inbox;
    }

    /** The queued transactions that the gate lets wait. */
    HeldBack heldBack() {
        return heldBack;
    }

    /** What is under way, if the rows were read. */
    Optional<KeyState> snapshot() {
        return Optional.ofNullable(state);
    }

    /** What keeps the key from working, if anything does. */
    Optional<String> trouble() {
        return signerTrouble.or(() -> trouble);
    }

    /** Whether it takes up new transactions. */
    boolean mayStart() {
        return mayStart;
    }

    /** Whether it may take up new transactions; it always finishes those under way. */
    void allow(boolean enabled) {
        mayStart = enabled;
        inbox.wake();
    }

    /** Works until it is stopped, the thread is interrupted or the lease is lost. */
    void run() {
        try {
            while (!inbox.stopped()) {
                long restNanos = step();
                if (restNanos > 0) {
                    inbox.await(restNanos);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (FencedException e) {
            context.observer().messages().fenced(key.toString());
        }
    }

    /**
     * One action.
     *
     * @return how long to rest if nothing comes, in nanoseconds; 0 if there is more to do
     */
    long step() throws InterruptedException {
        try {
            long rest = tryStep();
            if (faults > 0) {
                faults = 0;
                trouble = Optional.empty();
            }
            return rest;
        } catch (FencedException e) {
            throw e;
        } catch (RuntimeException e) {
            boolean rowsMoved = e instanceof TxmException moved && moved.code().equals(RowWriter.ROWS_MOVED);
            long pause = rowsMoved && faults == 0 ? 0 : SendRules.pauseNanos(faults);
            faults++;
            context.observer().messages().stepFailed(key.toString(), e);
            trouble = Optional.of(String.valueOf(e.getMessage()));
            forget();
            return pause;
        }
    }

    private void forget() {
        state = null;
        queued = true;
    }

    private long tryStep() throws InterruptedException {
        collectMail();
        KeyState now = state;
        if (now == null) {
            now = load();
        }
        Order order = orders.poll();
        if (order != null) {
            carryOut(now, order);
            return 0;
        }
        Optional<InFlight> stuck = stuckWatch.stuck(now, head);
        if (stuck.isPresent()) {
            follow(now, actions.purge(stuck.get(), StuckRules.STUCK, knownHead()));
            return 0;
        }
        NextAction action = KeyRules.decide(now, situation(), context.settings());
        startedLast = action instanceof NextAction.Start;
        return perform(now, action);
    }

    /** A fault is told to who asked, and is then a fault of the step like any other. */
    private void carryOut(KeyState now, Order order) {
        try {
            OperatorWork.Result result = operator.carryOut(now, order, knownHead());
            follow(now, new KeyActions.Plan(result.changes(), result.paced(), trouble, List.of()));
            order.settle(result.outcome());
        } catch (RuntimeException e) {
            order.settle(new ActionOutcome.NotPossible("it failed: " + e.getMessage()));
            throw e;
        }
    }

    private void collectMail() {
        Inbox.Mail mail = inbox.take();
        boolean released = heldBack.release(context.time().monotonicNanos());
        // Who queued something and never heard that it was stored does not wake anybody.
        boolean unseen = context.time().monotonicNanos() - queueSeenNanos >= KeyRules.REST_MAX.toNanos();
        queued |= mail.woken() || released || unseen;
        if (mail.head().isPresent()) {
            if (head.isEmpty()) {
                syncNotBeforeNanos = context.time().monotonicNanos();
            }
            head = mail.head();
        }
        facts = mail.facts().or(() -> facts);
        orders.addAll(mail.orders());
    }

    private Situation situation() {
        return new Situation(
                context.time().monotonicNanos(),
                nonceKnown,
                syncNotBeforeNanos,
                signNotBeforeNanos,
                queued,
                mayStart,
                startedLast,
                heldBack.nextNanos(),
                digestedHead,
                facts,
                gapHeads >= GAP_HEADS ? gap : List.of());
    }

    private long perform(KeyState now, NextAction action) throws InterruptedException {
        switch (action) {
            case NextAction.Send send -> {
                KeyActions.Plan plan = actions.send(send.transactions(), knownHead());
                follow(now, plan);
                trouble = plan.trouble();
            }
            case NextAction.SyncNonce ignored -> syncNonce(now);
            case NextAction.Start start -> start(now, start.places());
            case NextAction.Digest digest -> digest(now, digest.facts());
            case NextAction.Fill fill -> {
                gapHeads = 0;
                write(now, actions.fill(fill.nonces()));
            }
            case NextAction.Bump bump -> follow(now, actions.bump(bump.transactions(), knownHead()));
            case NextAction.Resend resend -> follow(now, actions.resend(resend.transactions(), knownHead()));
            case NextAction.Rest rest -> {
                return Math.max(rest.untilNanos() - context.time().monotonicNanos(), 1);
            }
        }
        return 0;
    }

    private long knownHead() {
        return head.orElse(0);
    }

    /** Reads the rows. The nonce is checked against the chain before the first new transaction, not before. */
    private KeyState load() {
        TransactionStore.KeyRows rows = context.store().load(key, context.time().monotonicNanos());
        SortedMap<Long, InFlight> inFlight =
                new TreeMap<>(rows.inFlight().stream().collect(Collectors.toMap(InFlight::nonce, Function.identity())));
        SortedMap<BlockId, MinedBlock> mined =
                new TreeMap<>(rows.mined().stream().collect(Collectors.toMap(MinedBlock::id, Function.identity())));
        OptionalLong highest = rows.highestNonce();
        long next = highest.isPresent() ? highest.getAsLong() + 1 : 0;
        KeyState known = state;
        KeyState loaded = new KeyState(key, known == null ? next : Math.max(next, known.nextNonce()), inFlight, mined);
        if (known == null) {
            nonceKnown = false;
        }
        state = loaded;
        if (!loaded.idle()) {
            context.lookAtChain().run();
        }
        return loaded;
    }

    private void syncNonce(KeyState now) {
        long mined = context.chain().minedCount(key);
        long pending = context.chain().pendingCount(key);
        OptionalLong highest = now.nextNonce() == 0 ? OptionalLong.empty() : OptionalLong.of(now.nextNonce() - 1);
        boolean autoSync = context.settings().nonceAutoSync();
        switch (NonceRules.first(highest, mined, pending, !now.idle(), autoSync)) {
            case NonceRules.FirstNonce.At at -> useNonce(now, at.nonce());
            case NonceRules.FirstNonce.Ahead ahead -> ahead(now, ahead, mined);
            case NonceRules.FirstNonce.Behind behind -> {
                context.observer().messages().chainBehind(key.toString(), behind.chainNext(), behind.expected());
                trouble = Optional.of("the chain expects nonce " + behind.chainNext() + " of " + key
                        + ", but transactions up to nonce " + (behind.expected() - 1) + " were final");
                syncNotBeforeNanos = context.time().monotonicNanos() + SendRules.RETRY_PAUSE_MAX.toNanos();
            }
        }
    }

    /** What is still in pools cannot be looked up: it is given a little time to be mined. */
    private void ahead(KeyState now, NonceRules.FirstNonce.Ahead ahead, long mined) {
        long nanos = context.time().monotonicNanos();
        if (aheadSinceNanos.isEmpty()) {
            aheadSinceNanos = OptionalLong.of(nanos);
        }
        boolean patient = nanos - aheadSinceNanos.getAsLong() < AHEAD_WAIT.toNanos();
        if (head.isEmpty()
                || (patient && (mined < ahead.nonce() || !strangers.lookUp(ahead.expected(), mined, knownHead())))) {
            trouble = Optional.of("key " + key + " is used elsewhere too, or the database is an older copy: finding out"
                    + " about " + (ahead.nonce() - ahead.expected()) + " transactions that this node does not know");
            Duration pause = head.isEmpty() ? AHEAD_WAIT : SendRules.RETRY_PAUSE_MIN;
            syncNotBeforeNanos = nanos + pause.toNanos();
            return;
        }
        aheadSinceNanos = OptionalLong.empty();
        context.observer().messages().nonceFastForwarded(key.toString(), ahead.expected(), ahead.nonce());
        useNonce(now, ahead.nonce());
    }

    private void useNonce(KeyState now, long nonce) {
        nonceKnown = true;
        trouble = Optional.empty();
        state = now.withNextNonce(nonce);
    }

    private void start(KeyState now, int places) throws InterruptedException {
        queueSeenNanos = context.time().monotonicNanos();
        List<TransactionStore.Queued> next = context.store().queued(key, places, heldBack.ids());
        queued = next.size() == places;
        List<RowChange> adopted = strangers.adopt(next);
        if (adopted.isEmpty()) {
            KeyActions.Begun begun = actions.start(now, next);
            write(now, begun.changes());
            begun.fault().ifPresentOrElse(this::signerFailed, this::signerWorks);
        } else {
            queued = true;
            write(now, adopted);
        }
    }

    /** New transactions wait; what has its signature goes on. */
    private void signerFailed(SignerException fault) {
        context.observer().messages().signerFailed(key.toString(), fault);
        signerTrouble = Optional.of(fault.words());
        signNotBeforeNanos = context.time().monotonicNanos() + SendRules.pauseNanos(signerFaults);
        signerFaults++;
        queued = true;
    }

    private void signerWorks() {
        signerTrouble = Optional.empty();
        signerFaults = 0;
    }

    private void digest(KeyState now, HeadFacts news) {
        facts = Optional.empty();
        List<RowChange> changes = HeadRules.changes(now, news);
        write(now, changes);
        KeyState after = HeadRules.countLooks(state == null ? now : state, news);
        state = after;
        digestedHead = OptionalLong.of(news.head());
        noteChainCount(after, news);
    }

    /** Holes, and nonces that somebody else uses. */
    private void noteChainCount(KeyState now, HeadFacts news) {
        List<Long> found = HeadRules.gap(now, news.minedCount());
        gapHeads = found.isEmpty() ? 0 : gapHeads + 1;
        gap = found;
        if (nonceKnown && news.minedCount() > now.nextNonce()) {
            context.observer().messages().nonceFastForwarded(key.toString(), now.nextNonce(), news.minedCount());
            strangers.lookUp(now.nextNonce(), news.minedCount(), news.head());
            state = now.withNextNonce(news.minedCount());
        }
    }

    /** Writes what an action decided, then remembers what needs no row. */
    private void follow(KeyState now, KeyActions.Plan plan) {
        write(now, plan.changes());
        KeyState after = state;
        if (after == null) {
            return;
        }
        for (InFlight paced : plan.paced()) {
            InFlight current = after.inFlight().get(paced.nonce());
            if (current != null) {
                after = after.with(current.paced(paced.pace()));
            }
        }
        state = after;
    }

    private void write(KeyState now, List<RowChange> changes) {
        context.store().write(key, changes);
        if (KeyState.needReload(changes)) {
            load();
        } else {
            state = now.after(changes);
        }
        context.observer().written(now, changes);
    }
}
