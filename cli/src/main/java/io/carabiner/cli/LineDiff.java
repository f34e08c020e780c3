package io.carabiner.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * What changed between two texts, line by line.
 *
 * @param lines all lines of both, each once where it stayed, those that went before those that came
 */
record LineDiff(List<Line> lines) {

    /** Texts with more lines than this are compared as wholes. */
    static final int LINES_MAX = 2_000;

    /** How many unchanged lines are shown around a change. */
    static final int CONTEXT_LINES = 2;

    /** What became of a line. */
    enum Fate {
        STAYED(' '),
        WENT('-'),
        CAME('+');

        final char mark;

        Fate(char mark) {
            this.mark = mark;
        }
    }

    record Line(Fate fate, String text) {}

    static LineDiff between(String before, String after) {
        List<String> old = before.lines().toList();
        List<String> now = after.lines().toList();
        boolean tooLong = old.size() > LINES_MAX || now.size() > LINES_MAX;
        return new LineDiff(tooLong ? whole(old, now) : walk(old, now, commonBehind(old, now)));
    }

    private static List<Line> whole(List<String> old, List<String> now) {
        List<Line> lines = new ArrayList<>();
        old.forEach(text -> lines.add(new Line(Fate.WENT, text)));
        now.forEach(text -> lines.add(new Line(Fate.CAME, text)));
        return lines;
    }

    /** How many lines the two have in common from these places on, at most. */
    private static int[][] commonBehind(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static List<Line> walk(List<String> old, List<String> now, int[][] common) {
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                lines.add(new Line(Fate.STAYED, old.get(i++)));
                j++;
            } else if (j == now.size() || (i < old.size() && common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line(Fate.WENT, old.get(i++)));
            } else {
                lines.add(new Line(Fate.CAME, now.get(j++)));
            }
        }
        return lines;
    }

    private long count(Fate fate) {
        return lines.stream().filter(line -> line.fate() == fate).count();
    }

    /** Such as {@code +3 -1}. */
    String summary() {
        return "+" + count(Fate.CAME) + " -" + count(Fate.WENT);
    }

    /** The changes with a few lines around them; far parts are parted by a line with dots. */
    String text(String indent) {
        StringBuilder text = new StringBuilder();
        boolean gap = false;
        for (int i = 0; i < lines.size(); i++) {
            if (!isNearAChange(i)) {
                gap = true;
                continue;
            }
            text.append(gap ? indent + "  ...\n" : "");
            gap = false;
            text.append(indent)
                    .append(lines.get(i).fate().mark)
                    .append(' ')
                    .append(lines.get(i).text())
                    .append('\n');
        }
        return text.toString();
    }

    private boolean isNearAChange(int place) {
        int from = Math.max(0, place - CONTEXT_LINES);
        int to = Math.min(lines.size(), place + CONTEXT_LINES + 1);
        return lines.subList(from, to).stream().anyMatch(line -> line.fate() != Fate.STAYED);
    }
}
