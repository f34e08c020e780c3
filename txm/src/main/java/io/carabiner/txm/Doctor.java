package io.carabiner.txm;

import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Wei;
import io.carabiner.txm.Finding.Remedy;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Says in words why a transaction waits. Pure. */
final class Doctor {

    private static final int GWEI_DIGITS = 9;
    private static final int ETHER_DIGITS = 18;

    private final DoctorFacts facts;
    private final List<Finding> findings = new ArrayList<>();

    private Doctor(DoctorFacts facts) {
        this.facts = facts;
    }

    /** The reasons, the one that matters most first; never empty. */
    static List<Finding> diagnose(DoctorFacts facts) {
        Doctor doctor = new Doctor(facts);
        doctor.look();
        return List.copyOf(doctor.findings);
    }

    private void look() {
        switch (facts.state()) {
            case FINALIZED -> add("FINAL", "It is final: nothing is waited for.");
            case FATAL_ERROR ->
                add(
                        "FAILED",
                        "It has failed and is not sent any more: "
                                + facts.error().orElse("no reason is stored") + ".");
            case CONFIRMED -> confirmed();
            case UNSTARTED -> {
                unreachable();
                queued();
            }
            case CONFIRMED_MISSING_RECEIPT -> {
                unreachable();
                missing();
            }
            case IN_PROGRESS, UNCONFIRMED -> {
                unreachable();
                sending();
            }
        }
    }

    private void add(String code, String text, Remedy... remedies) {
        findings.add(Finding.of(code, text, remedies));
    }

    private void unreachable() {
        facts.chain()
                .trouble()
                .ifPresent(reason -> add(
                        "CHAIN_UNREACHABLE",
                        "The chain cannot be asked: " + reason + ". Check the endpoints in [[EVM.Nodes]]; it goes on by"
                                + " itself when one answers."));
    }

    private void confirmed() {
        DoctorFacts.Mined mined = facts.mined().orElseThrow();
        String where = "It is in block " + mined.block();
        String head = number(facts.chain().head());
        String until = mined.confirmations().isPresent()
                ? "; who asked is told after " + mined.confirmations().getAsInt() + " blocks on top (the newest is "
                        + head + ")"
                : "";
        add(
                "CONFIRMING",
                where + until + ". It is final when block " + mined.block() + " is (final now: "
                        + number(facts.chain().finalized()) + ").");
    }

    private void queued() {
        facts.heldBack()
                .ifPresent(reason -> add(
                        "GUARD_WAITS",
                        "A guard lets it wait: " + reason + ". It is asked again every few seconds.",
                        Remedy.CANCEL));
        if (!facts.key().enabled()) {
            add(
                    "KEY_DISABLED",
                    "Key " + facts.key().address() + " is disabled on this chain: enable it (carabiner keys eth chain"
                            + " --address " + facts.key().address() + " --enable).",
                    Remedy.CANCEL);
        }
        if (facts.key().inFlight() >= facts.key().inFlightLimit()) {
            add(
                    "MAX_IN_FLIGHT",
                    facts.key().inFlight()
                            + " transactions of the key are on their way and EVM.Transactions.MaxInFlight"
                            + " is " + facts.key().inFlightLimit() + ": it is sent when one of them is mined. See why"
                            + " transaction " + number(facts.key().lowest()) + " waits.",
                    Remedy.CANCEL);
        }
        facts.key().trouble().ifPresent(reason -> add("KEY_TROUBLE", "The key waits: " + reason + ".", Remedy.CANCEL));
        if (findings.isEmpty()) {
            add(
                    "QUEUED",
                    "It is one of " + facts.key().queued() + " that get their nonces next; nothing keeps it.",
                    Remedy.CANCEL);
        }
    }

    private void missing() {
        add(
                "RECEIPT_MISSING",
                "Nonce " + number(facts.nonce()) + " is used on chain, but no endpoint has a receipt for what this node"
                        + " sent with it. Either an endpoint is behind, or something else uses the key. If that stays"
                        + " so until the block is final, the transaction fails and says what took the nonce.");
    }

    private void sending() {
        DoctorFacts.Sending sending = facts.sending().orElseThrow();
        gap();
        boolean first = facts.key().lowest().isEmpty() || facts.key().lowest().getAsLong() == facts.id();
        if (!first) {
            add(
                    "BEHIND_ANOTHER",
                    "A transaction of the same key with a lower nonce must be mined first: see why transaction "
                            + number(facts.key().lowest()) + " waits.");
        }
        funds(sending);
        price(sending);
        if (sending.state() == AttemptState.IN_PROGRESS) {
            add(
                    "NOT_TAKEN",
                    sending.refusal()
                            .map(answer -> "No endpoint has taken it: " + answer + ".")
                            .orElse("It is signed and about to be sent."),
                    Remedy.REBROADCAST,
                    Remedy.CANCEL);
        }
        if (sending.purging()) {
            add(
                    "BEING_PURGED",
                    "An empty transaction is taking its nonce, because it shall not happen or never can; it ends as"
                            + " failed.",
                    Remedy.BUMP);
        }
        if (findings.isEmpty() || findings.stream().allMatch(one -> one.code().equals("BEING_PURGED"))) {
            inPool(sending);
        }
    }

    private void gap() {
        if (!facts.key().gap().isEmpty()) {
            add(
                    "NONCE_GAP",
                    "Nothing of this node has the nonces " + facts.key().gap() + " below it. They are filled by"
                            + " themselves after " + KeyOwner.GAP_HEADS + " heads.",
                    Remedy.FILL);
        }
    }

    private void funds(DoctorFacts.Sending sending) {
        if (sending.state() == AttemptState.INSUFFICIENT_FUNDS) {
            add(
                    "NO_FUNDS",
                    "Key " + facts.key().address() + " cannot pay for it"
                            + facts.chain()
                                    .balance()
                                    .map(owned -> " (it has " + ether(owned) + ")")
                                    .orElse("")
                            + sending.refusal().map(answer -> ": " + answer).orElse("")
                            + ". Send native coin to the key; nothing else has to be done.",
                    Remedy.CANCEL);
        }
    }

    private void price(DoctorFacts.Sending sending) {
        facts.chain()
                .baseFee()
                .filter(base -> base.compareTo(sending.fee().ceiling()) > 0)
                .ifPresent(base -> add(
                        "UNDERPRICED",
                        "It offers " + offer(sending.fee()) + ", but a block now asks a base fee of " + gwei(base)
                                + ". " + bumps(),
                        Remedy.BUMP,
                        Remedy.CANCEL));
    }

    private String bumps() {
        return facts.chain().bumpThreshold() == 0
                ? "Its price is never raised by itself: EVM.GasEstimator.BumpThreshold is 0."
                : "Its price is raised every " + facts.chain().bumpThreshold()
                        + " blocks up to EVM.GasEstimator.PriceMax.";
    }

    private void inPool(DoctorFacts.Sending sending) {
        long since = sending.sentBefore().orElse(0);
        String age = facts.chain().head().isPresent() && sending.sentBefore().isPresent()
                ? (facts.chain().head().getAsLong() - since) + " blocks ago"
                : "before";
        add(
                "IN_POOL",
                "Endpoints took it " + age + " at " + offer(sending.fee()) + " (attempt " + sending.attempts()
                        + "); it waits to be mined. " + bumps(),
                Remedy.BUMP,
                Remedy.REBROADCAST,
                Remedy.CANCEL);
    }

    private static String offer(FeeQuote fee) {
        return switch (fee) {
            case FeeQuote.Legacy legacy -> gwei(legacy.gasPrice());
            case FeeQuote.Dynamic dynamic -> gwei(dynamic.feeCap()) + " with a tip of " + gwei(dynamic.tipCap());
        };
    }

    private static String gwei(Wei amount) {
        return plain(amount, GWEI_DIGITS) + " gwei";
    }

    private static String ether(Wei amount) {
        return plain(amount, ETHER_DIGITS) + " of the native coin";
    }

    private static String plain(Wei amount, int digits) {
        BigDecimal value = new BigDecimal(amount.amount(), digits).stripTrailingZeros();
        return value.toPlainString();
    }

    private static String number(OptionalLong number) {
        return number.isPresent() ? String.valueOf(number.getAsLong()) : "unknown";
    }
}
