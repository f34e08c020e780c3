package io.carabiner.pipeline;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * Edges between tasks, numbered in the order in which the text first names them, and the order in which the Go node
 * numbers tasks: depth first from the last task, later successors first, each task before all that were finished before
 * it.
 */
final class TaskOrder {

    private final List<NavigableSet<Integer>> after = new ArrayList<>();
    private final List<NavigableSet<Integer>> before = new ArrayList<>();

    TaskOrder(int nodes) {
        for (int i = 0; i < nodes; i++) {
            after.add(new TreeSet<>());
            before.add(new TreeSet<>());
        }
    }

    void addEdge(int from, int to) {
        after.get(from).add(to);
        before.get(to).add(from);
    }

    Set<Integer> after(int node) {
        return after.get(node);
    }

    Set<Integer> before(int node) {
        return before.get(node);
    }

    /** All nodes so that each stands before its successors; meaningless if there are cycles. */
    List<Integer> order() {
        List<Integer> finished = new ArrayList<>();
        boolean[] seen = new boolean[after.size()];
        for (int node = after.size() - 1; node >= 0; node--) {
            visit(node, seen, finished);
        }
        Collections.reverse(finished);
        return finished;
    }

    private void visit(int node, boolean[] seen, List<Integer> finished) {
        if (seen[node]) {
            return;
        }
        seen[node] = true;
        for (int next : after.get(node).descendingSet()) {
            visit(next, seen, finished);
        }
        finished.add(node);
    }

    /** The groups of nodes that can reach each other, each sorted. */
    List<List<Integer>> cycles() {
        List<List<Integer>> cycles = new ArrayList<>();
        boolean[] grouped = new boolean[after.size()];
        for (int node = 0; node < after.size(); node++) {
            if (!grouped[node]) {
                Set<Integer> group = new TreeSet<>(reachable(node, after));
                group.retainAll(reachable(node, before));
                group.forEach(member -> grouped[member] = true);
                if (group.size() > 1) {
                    cycles.add(List.copyOf(group));
                }
            }
        }
        return cycles;
    }

    private static Set<Integer> reachable(int start, List<NavigableSet<Integer>> edges) {
        Set<Integer> reached = new TreeSet<>();
        Deque<Integer> open = new ArrayDeque<>(List.of(start));
        while (!open.isEmpty()) {
            int node = open.pop();
            if (reached.add(node)) {
                open.addAll(edges.get(node));
            }
        }
        return reached;
    }
}
