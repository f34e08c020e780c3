package io.carabiner.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A table with double lines, as the Go node prints lists: headings in upper case and centred, numbers to the right,
 * long cells broken between words at 30 columns, equal cells one above the other drawn as one if wanted. A pure
 * function.
 */
final class BoxTable {

    private static final int WRAP_COLUMNS = 30;
    private static final long TOO_LONG_PENALTY = 100_000;
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:\\d{1,3}(?:,\\d{3})*|\\d+)(?:\\.\\d+)?|-?\\d+\\.?\\d*%");

    private final List<String> headings;
    private final List<List<String>> rows;
    private final int[] widths;
    private final StringBuilder result = new StringBuilder();

    private BoxTable(List<String> headings, List<List<String>> rows) {
        this.headings =
                headings.stream().map(text -> text.toUpperCase(Locale.ROOT)).toList();
        this.rows = rows;
        this.widths = new int[headings.size()];
    }

    /** A table with a title above. */
    static String render(String title, List<String> headings, List<List<String>> rows) {
        return new BoxTable(headings, rows).draw(title, false);
    }

    /** The same, with a cell left empty where the one above it is equal. */
    static String renderMerged(String title, List<String> headings, List<List<String>> rows) {
        return new BoxTable(headings, rows).draw(title, true);
    }

    private String draw(String title, boolean merge) {
        List<List<List<String>>> cells = rows.stream()
                .map(row -> row.stream().map(BoxTable::wrap).toList())
                .toList();
        measure(cells);
        boolean[] none = new boolean[widths.length];
        result.append("╔ ").append(title).append('\n');
        drawLine(none);
        drawHeadings();
        for (int row = 0; row < cells.size(); row++) {
            boolean[] merged = merge && row > 0 ? equalCells(rows.get(row - 1), rows.get(row)) : none;
            drawLine(merged);
            drawRow(cells.get(row), merged);
        }
        if (merge && rows.isEmpty()) {
            drawLine(none); // as the Go node's table of jobs, which closes an empty body too
        }
        drawLine(none);
        return result.toString();
    }

    private void measure(List<List<List<String>>> cells) {
        for (int column = 0; column < widths.length; column++) {
            int width = columns(headings.get(column));
            for (int row = 0; row < cells.size(); row++) {
                int whole = columns(rows.get(row).get(column));
                int widest = cells.get(row).get(column).stream()
                        .mapToInt(BoxTable::columns)
                        .max()
                        .orElse(0);
                width = Math.max(width, Math.max(widest, Math.min(whole, WRAP_COLUMNS)));
            }
            widths[column] = width;
        }
    }

    private static boolean[] equalCells(List<String> above, List<String> row) {
        boolean[] equal = new boolean[row.size()];
        for (int column = 0; column < equal.length; column++) {
            equal[column] = !row.get(column).isEmpty() && row.get(column).equals(above.get(column));
        }
        return equal;
    }

    private void drawLine(boolean[] open) {
        result.append('╬');
        for (int column = 0; column < widths.length; column++) {
            result.repeat(open[column] ? " " : "═", widths[column] + 2).append('╬');
        }
        result.append('\n');
    }

    private void drawHeadings() {
        result.append('║');
        for (int column = 0; column < widths.length; column++) {
            int gap = widths[column] - columns(headings.get(column));
            drawCell(headings.get(column), gap / 2, gap - gap / 2);
        }
        result.append('\n');
    }

    private void drawRow(List<List<String>> cells, boolean[] merged) {
        int height = cells.stream().mapToInt(List::size).max().orElse(1);
        for (int line = 0; line < height; line++) {
            result.append('║');
            for (int column = 0; column < widths.length; column++) {
                List<String> cell = cells.get(column);
                String text = line < cell.size() && !merged[column] ? cell.get(line) : "";
                int gap = widths[column] - columns(text);
                boolean right = NUMBER.matcher(text).matches();
                drawCell(text, right ? gap : 0, right ? 0 : gap);
            }
            result.append('\n');
        }
    }

    private void drawCell(String text, int before, int after) {
        result.append(' ')
                .repeat(" ", before)
                .append(text)
                .repeat(" ", after)
                .append(' ')
                .append('║');
    }

    private static int columns(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Lines of at most 30 columns as even as possible; a word is never broken. */
    private static List<String> wrap(String text) {
        List<String> lines = new ArrayList<>();
        for (String paragraph : text.split("\n", -1)) {
            if (!lines.isEmpty()) {
                lines.add(" ");
            }
            int limit = Math.min(WRAP_COLUMNS, columns(paragraph));
            lines.addAll(
                    columns(paragraph) <= limit
                            ? List.of(paragraph)
                            : balance(paragraph.strip().split("\\s+"), limit));
        }
        return lines;
    }

    /** Chooses the breaks with the least sum of squared gaps; the last line may be short. */
    private static List<String> balance(String[] words, int limit) {
        int count = words.length;
        long[] cost = new long[count + 1];
        int[] next = new int[count];
        Arrays.fill(cost, 0, count, Long.MAX_VALUE);
        for (int from = count - 1; from >= 0; from--) {
            long length = -1;
            for (int to = from + 1; to <= count; to++) {
                length += columns(words[to - 1]) + 1;
                long gap = limit - length;
                long lineCost = to == count && gap >= 0 ? 0 : gap * gap + (gap < 0 ? TOO_LONG_PENALTY : 0);
                if (lineCost + cost[to] < cost[from]) {
                    cost[from] = lineCost + cost[to];
                    next[from] = to;
                }
            }
        }
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < count; from = next[from]) {
            lines.add(String.join(" ", Arrays.copyOfRange(words, from, next[from])));
        }
        return lines;
    }
}
