package io.carabiner.bench;

import java.util.EnumMap;
import java.util.Map;

/**
 * What a takeover campaign does.
 *
 * @param counts how often each thing happens
 * @param rate requests a second
 * @param seed of the order and the moments
 * @param pooled whether the nodes reach the database through pgbouncer
 */
record TakeoverOptions(Map<Mishap, Integer> counts, int rate, long seed, boolean pooled) {

    private static final String USAGE = "usage: ./campaign takeover [--kill9 5] [--term 3] [--freeze 2] [--cut 2]"
            + " [--restart 3] [--rate 20] [--seed 1] [--pgbouncer no]";

    /** What happens to the node that holds the database. */
    enum Mishap {
        /** SIGKILL while another node stands by. */
        KILL9(5),
        /** SIGTERM while another node stands by. */
        TERM(3),
        /** SIGSTOP for 15 seconds while another node stands by. */
        FREEZE(2),
        /** Its packets to the database get lost while another node stands by. */
        CUT(2),
        /** SIGKILL while no other node is there; it is started again at once. */
        RESTART(3);

        private final int usual;

        Mishap(int usual) {
            this.usual = usual;
        }
    }

    static TakeoverOptions parse(String... arguments) {
        Map<Mishap, Integer> counts = new EnumMap<>(Mishap.class);
        for (Mishap mishap : Mishap.values()) {
            counts.put(mishap, mishap.usual);
        }
        int rate = 20;
        long seed = 1;
        boolean pooled = false;
        for (int i = 0; i < arguments.length; i += 2) {
            if (i + 1 == arguments.length) {
                throw new IllegalArgumentException(USAGE);
            }
            String value = arguments[i + 1];
            switch (arguments[i]) {
                case "--kill9" -> counts.put(Mishap.KILL9, Integer.parseInt(value));
                case "--term" -> counts.put(Mishap.TERM, Integer.parseInt(value));
                case "--freeze" -> counts.put(Mishap.FREEZE, Integer.parseInt(value));
                case "--cut" -> counts.put(Mishap.CUT, Integer.parseInt(value));
                case "--restart" -> counts.put(Mishap.RESTART, Integer.parseInt(value));
                case "--rate" -> rate = Integer.parseInt(value);
                case "--seed" -> seed = Long.parseLong(value);
                case "--pgbouncer" -> pooled = value.equals("yes");
                default -> throw new IllegalArgumentException("unknown option " + arguments[i] + "; " + USAGE);
            }
        }
        return new TakeoverOptions(counts, rate, seed, pooled);
    }
}
