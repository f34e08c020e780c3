package io.carabiner.guards;

import io.carabiner.config.GuardSettings;
import io.carabiner.database.WriteTransaction;
import io.carabiner.primitives.Address;
import io.carabiner.txm.GateAnswer;
import io.carabiner.txm.SendGate;
import io.carabiner.txm.SendQuestion;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The guards of one chain, asked by its transaction manager. A transaction passes all of them or is refused by the
 * first one, in the order of what they cost: requester, payment, simulation, spending.
 */
public final class Guards implements SendGate {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final GuardSettings settings;
    private final GuardRules rules;
    private final RequestFacts requests;
    private final Simulation simulation;
    private final SpendLedger ledger;
    private final GuardAlerts alerts;

    Guards(GuardSetup setup, Simulation simulation) {
        this.settings = setup.settings();
        this.rules = new GuardRules(settings);
        this.requests = setup.requests();
        this.simulation = simulation;
        this.ledger = new SpendLedger(setup.database(), setup.costs(), setup.chain(), setup.time());
        this.alerts = new GuardAlerts(setup.metrics(), setup.chain(), setup.jobErrors());
    }

    /** The guards of a chain; a gate that is open if none is on. */
    public static SendGate of(GuardSetup setup) {
        return setup.settings().off() ? SendGate.OPEN : new Guards(setup, new RpcSimulation(setup.rpc()));
    }

    @Override
    public List<GateAnswer> ask(Address key, List<SendQuestion> queued) {
        if (settings.countsSpending()) {
            ledger.correct();
        }
        Map<UUID, RequestFacts.Request> facts = facts(queued);
        Map<Long, GateAnswer> answers = new HashMap<>();
        Map<Long, Candidate> candidates = new HashMap<>();
        for (SendQuestion question : queued) {
            Candidate candidate = candidate(question, facts);
            candidates.put(question.id(), candidate);
            rules.judge(candidate).ifPresent(refusal -> answers.put(question.id(), refuse(candidate, refusal)));
        }
        if (settings.simulates()) {
            simulate(open(queued, answers), candidates, answers);
        }
        if (settings.countsSpending()) {
            List<Candidate> left = open(queued, answers).stream()
                    .map(question -> find(candidates, question.id()))
                    .toList();
            ledger.decide(left, rules::spend)
                    .forEach((id, refusal) -> answers.put(id, refuse(find(candidates, id), refusal)));
        }
        return queued.stream()
                .map(question -> answers.getOrDefault(question.id(), new GateAnswer.Allow()))
                .toList();
    }

    private static Candidate find(Map<Long, Candidate> candidates, long id) {
        return Optional.ofNullable(candidates.get(id)).orElseThrow();
    }

    private static List<SendQuestion> open(List<SendQuestion> queued, Map<Long, GateAnswer> answers) {
        return queued.stream()
                .filter(question -> !answers.containsKey(question.id()))
                .toList();
    }

    private Map<UUID, RequestFacts.Request> facts(List<SendQuestion> queued) {
        List<UUID> tasks = queued.stream()
                .flatMap(question -> question.pipelineTaskRunId().stream())
                .toList();
        return settings.needsRequests() && !tasks.isEmpty() ? requests.of(tasks) : Map.of();
    }

    private static Candidate candidate(SendQuestion question, Map<UUID, RequestFacts.Request> facts) {
        return candidate(question, question.pipelineTaskRunId().flatMap(task -> Optional.ofNullable(facts.get(task))));
    }

    private static Candidate candidate(SendQuestion question, Optional<RequestFacts.Request> request) {
        BigInteger gas = question.fee().ceiling().times(question.gasLimit()).amount();
        return new Candidate(
                question.id(),
                question.from(),
                jobOf(question),
                request,
                gas.add(question.value().amount()));
    }

    /**
     * What the guards would say of a transaction that nobody has asked for: nothing is counted, reserved or told. It is
     * not simulated: who asks has tried it out.
     *
     * @param request the one that it would answer
     * @return why it would be refused; empty if it would pass
     */
    public Optional<String> foresee(SendQuestion question, Optional<RequestFacts.Request> request) {
        Candidate candidate = candidate(question, request);
        return rules.judge(candidate)
                .or(() -> settings.countsSpending() ? ledger.foresee(candidate, rules::spend) : Optional.empty())
                .map(Guards::text);
    }

    private static String text(Refusal refusal) {
        return "refused by guard " + refusal.guard() + ": " + refusal.reason();
    }

    private static OptionalInt jobOf(SendQuestion question) {
        try {
            int id = question.meta()
                    .map(json -> JSON.readTree(json).path("JobID").asInt(0))
                    .orElse(0);
            return id > 0 ? OptionalInt.of(id) : OptionalInt.empty();
        } catch (JacksonException e) {
            return OptionalInt.empty(); // written by somebody else; it counts for its key all the same
        }
    }

    /** All at once: each is one or two calls to an endpoint. */
    private void simulate(
            List<SendQuestion> questions, Map<Long, Candidate> candidates, Map<Long, GateAnswer> answers) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Simulation.Outcome>> outcomes = new ArrayList<>();
            questions.forEach(question -> outcomes.add(threads.submit(() -> simulation.of(question))));
            for (int i = 0; i < questions.size(); i++) {
                long id = questions.get(i).id();
                Simulation.Outcome outcome = outcomes.get(i).get();
                rules.judge(outcome)
                        .<GateAnswer>map(refusal -> refuse(find(candidates, id), refusal))
                        .or(() -> waiting(outcome))
                        .ifPresent(answer -> answers.put(id, answer));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while transactions were tried out", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a transaction could not be tried out", e.getCause());
        }
    }

    private static Optional<GateAnswer> waiting(Simulation.Outcome outcome) {
        return outcome instanceof Simulation.Unknown unknown
                ? Optional.of(new GateAnswer.Wait("it could not be tried out: " + unknown.reason()))
                : Optional.empty();
    }

    private GateAnswer refuse(Candidate candidate, Refusal refusal) {
        alerts.refused(candidate, refusal);
        return new GateAnswer.Refuse(text(refusal));
    }

    @Override
    public void nonceGiven(WriteTransaction tx, List<Long> transactionIds) {
        if (settings.countsSpending()) {
            ledger.store(tx, transactionIds);
        }
    }
}
