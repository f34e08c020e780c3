package io.carabiner.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that was probably meant. Pure. */
public final class Spelling {

    /** A name further away than this many changes for each three letters was probably not meant. */
    private static final int LETTERS_PER_CHANGE = 3;

    private Spelling() {}

    /** The known name that is nearest to this one, without regard to case; empty if none is near. */
    public static Optional<String> nearest(String name, Collection<String> known) {
        int changesMax = Math.max(1, name.length() / LETTERS_PER_CHANGE);
        return known.stream()
                .filter(candidate -> distance(name, candidate) <= changesMax)
                .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
    }

    /** The number of letters to add, drop, replace or swap with their neighbour, without regard to case. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(Locale.ROOT);
        String b = other.toLowerCase(Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = cost(cost, a, b, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cost(int[][] cost, String a, String b, int i, int j) {
        if (i == 0 || j == 0) {
            return i + j;
        }
        int replaced = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, cost[i - 2][j - 2] + 1) : best;
    }
}
