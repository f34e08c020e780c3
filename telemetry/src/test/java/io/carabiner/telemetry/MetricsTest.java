package io.carabiner.telemetry;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.testkit.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class MetricsTest {

    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    private final Metrics metrics = new Metrics();

    @Test
    void counter_isExportedUnderExactlyItsName() {
        metrics.counter("tx_manager_num_gas_bumps", "Number of gas bumps", "chainID")
                .increment("1337");

        assertThat(metrics.exposition()).isEqualTo("""
                        # HELP tx_manager_num_gas_bumps Number of gas bumps
                        # TYPE tx_manager_num_gas_bumps counter
                        tx_manager_num_gas_bumps{chainID="1337"} 1
                        """);
    }

    @Test
    void family_withLabelsIsHiddenUntilItsFirstValueAndOneWithoutShowsZero() {
        metrics.gauge("hidden", "h", "label");
        metrics.counter("shown", "h");

        assertThat(metrics.exposition()).doesNotContain("hidden").contains("shown 0\n");
    }

    @Test
    void histogram_countsIntoCumulativeBuckets() {
        Histogram histogram = metrics.histogram("took", "h", new double[] {10, 5e7}, "what");
        histogram.observe(10, "a");
        histogram.observe(11, "a");
        histogram.observe(6e7, "a");

        assertThat(metrics.exposition()).contains("""
                        took_bucket{what="a",le="10"} 1
                        took_bucket{what="a",le="5e+07"} 2
                        took_bucket{what="a",le="+Inf"} 3
                        took_sum{what="a"} 6.0000021e+07
                        took_count{what="a"} 3
                        """);
    }

    @Test
    void labelValue_withQuotesAndLineBreaksIsEscaped() {
        metrics.gauge("g", "back\\slash\nbreak", "l").set(1, "a\"b\\c\nd");

        assertThat(metrics.exposition())
                .contains("# HELP g back\\\\slash\\nbreak\n")
                .contains("g{l=\"a\\\"b\\\\c\\nd\"} 1\n");
    }

    @Test
    void sameName_givesTheSameMetricAndAnotherShapeIsRefused() {
        Counter first = metrics.counter("c", "help", "l");

        assertThat(metrics.counter("c", "help", "l")).isSameAs(first);
        assertThatThrownBy(() -> metrics.gauge("c", "help", "l")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> metrics.counter("c", "help")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void exposition_writesEveryRecordedCounterAndGaugeAsTheGoNodeDid() {
        String recorded = simpleFamilies(Golden.text("metrics.txt"));
        recorded.lines().filter(line -> line.startsWith("# TYPE")).forEach(this::declare);
        recorded.lines().filter(line -> !line.startsWith("#")).forEach(line -> set(recorded, line));

        assertThat(metrics.exposition()).isEqualTo(recorded);
    }

    @Test
    void processMetrics_haveTheRecordedTypesAndHelp() {
        TestClock clock = new TestClock();
        ProcessMetrics.register(metrics, clock, "0.1.0", "abcdef1");
        new HealthChecks().exportTo(metrics);
        new LogCounters(metrics);
        clock.advance(Duration.ofSeconds(45));

        String exposition = metrics.exposition();

        assertThat(exposition)
                .contains("uptime_seconds 45\n")
                .contains("version{commit=\"abcdef1\",version=\"0.1.0\"} 1\n")
                .containsPattern("process_open_fds [1-9]");
        List<String> ours =
                headers(exposition).filter(line -> !line.contains(" jvm_")).toList();
        assertThat(Golden.text("metrics.txt").lines().toList()).containsAll(ours);
    }

    private static java.util.stream.Stream<String> headers(String exposition) {
        return exposition.lines().filter(line -> line.startsWith("#"));
    }

    /** The families whose samples can be set to any value: not histograms and summaries. */
    private static String simpleFamilies(String text) {
        List<String> kept = new ArrayList<>();
        for (String family : text.split("(?=# HELP )", -1)) {
            if (family.contains(" counter\n") || family.contains(" gauge\n")) {
                kept.add(family);
            }
        }
        return kept.stream().collect(joining());
    }

    private final Map<String, String> types = new LinkedHashMap<>();

    private void declare(String typeLine) {
        String[] words = typeLine.split(" ", -1);
        types.put(words[2], words[3]);
    }

    private void set(String recorded, String line) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String name = sample.group(1);
        LinkedHashMap<String, String> labels = new LinkedHashMap<>();
        LABEL.matcher(sample.group(2) == null ? "" : sample.group(2))
                .results()
                .forEach(label -> labels.put(label.group(1), label.group(2)));
        // Declared in the opposite order, so that the sorting is seen to work.
        String[] names = labels.keySet().stream().toList().reversed().toArray(String[]::new);
        String[] values = labels.values().stream().toList().reversed().toArray(String[]::new);
        double value = Double.parseDouble(sample.group(3).replace("+Inf", "Infinity"));
        if (types.get(name).equals("counter")) {
            metrics.counter(name, help(recorded, name), names).labels(values).add(value);
        } else {
            metrics.gauge(name, help(recorded, name), names).set(value, values);
        }
    }

    private static String help(String recorded, String name) {
        String start = "# HELP " + name + " ";
        return recorded.lines()
                .filter(line -> line.startsWith(start))
                .findFirst()
                .orElseThrow()
                .substring(start.length());
    }
}
