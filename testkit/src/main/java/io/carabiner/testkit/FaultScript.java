package io.carabiner.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * What goes wrong at an endpoint, as data.
 *
 * @param seed of the chances of its rules; the same seed and messages give the same faults
 * @param rules each is tried on each message, in this order; several may strike the same message
 */
public record FaultScript(long seed, List<FaultRule> rules) {

    /** Nothing goes wrong. */
    public static final FaultScript PEACE = new FaultScript(0, List.of());

    /** Copies the rules. */
    public FaultScript {
        rules = List.copyOf(rules);
    }

    /** These rules with the seed 0. */
    public static FaultScript of(FaultRule... rules) {
        return new FaultScript(0, List.of(rules));
    }

    /** The same rules with other chances. */
    public FaultScript withSeed(long other) {
        return new FaultScript(other, rules);
    }

    /** The script being played: how often each rule was tried and has struck. Safe for use by many threads. */
    static final class Play {

        private final FaultScript script;
        private final Random random;
        private final int[] tried;
        private final int[] struck;

        Play(FaultScript script) {
            this.script = script;
            random = new Random(script.seed());
            tried = new int[script.rules().size()];
            struck = new int[script.rules().size()];
        }

        /** The faults that strike the next message with this method. */
        synchronized List<EndpointFault> strike(String method) {
            List<EndpointFault> faults = new ArrayList<>();
            for (int i = 0; i < tried.length; i++) {
                if (strikes(i, method)) {
                    struck[i]++;
                    faults.add(script.rules().get(i).fault());
                }
            }
            return faults;
        }

        private boolean strikes(int place, String method) {
            FaultRule rule = script.rules().get(place);
            if (!rule.methods().isEmpty() && !rule.methods().contains(method)) {
                return false;
            }
            return tried[place]++ >= rule.skip()
                    && struck[place] < rule.times()
                    && random.nextInt(100) < rule.percent();
        }

        /** How often faults of each kind have struck, by the simple name of the kind. */
        synchronized Map<String, Integer> struck() {
            Map<String, Integer> counts = new TreeMap<>();
            for (int i = 0; i < struck.length; i++) {
                counts.merge(script.rules().get(i).fault().getClass().getSimpleName(), struck[i], Integer::sum);
            }
            return Collections.unmodifiableMap(counts);
        }
    }
}
