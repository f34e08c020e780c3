package io.carabiner.migrate;

import io.carabiner.crypto.Eip55;
import io.carabiner.primitives.Address;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The initiator {@code fluxmonitor} (core/store/models/job_spec.go) with its tasks as a job of today. Used once. */
final class FeedConversion {

    private static final Pattern GO_DURATION = Pattern.compile("([0-9]+(\\.[0-9]+)?(ns|us|ms|s|m|h))+");
    private static final String MEDIAN = "median";

    private final Located job;
    private final Located params;
    private final Dot graph;
    private final Toml toml;
    private final Remarks remarks;
    private final Fields fields;

    FeedConversion(Located job, Located params, Dot graph, Toml toml, Remarks remarks) {
        this.job = job;
        this.params = params;
        this.graph = graph;
        this.toml = toml;
        this.remarks = remarks;
        this.fields = new Fields(remarks);
    }

    void convert() {
        Optional<Address> contract = fields.address(params.child("address"));
        if (!params.child("address").present()) {
            remarks.refuse(params.child("address"), "there is no aggregator contract");
        }
        toml.text("contractAddress", Eip55.format(contract.orElse(Address.ZERO)));
        BigDecimal scale = scale();
        toml.raw("threshold", tomlFloat(decimal("threshold")));
        toml.raw("absoluteThreshold", tomlFloat(decimal("absoluteThreshold").multiply(scale)));
        timer("pollTimer", "period");
        timer("idleTimer", "duration");
        prices();
        tasks(scale);
    }

    /** Version 1 compared prices as they were; today answers are compared as they are submitted. */
    private BigDecimal scale() {
        int precision = fields.whole(params.child("precision"))
                .filter(digits -> digits.length() < 3)
                .map(Integer::parseInt)
                .orElse(0);
        return BigDecimal.ONE.movePointRight(precision);
    }

    private BigDecimal decimal(String key) {
        Located place = params.child(key);
        return fields.number(place)
                .filter(ignored -> !remarks.refused())
                .map(BigDecimal::new)
                .orElse(BigDecimal.ZERO);
    }

    /** Also a whole number has a point, so that it is not held to 64 bits. */
    private static String tomlFloat(BigDecimal number) {
        BigDecimal shortest = number.stripTrailingZeros();
        return shortest.setScale(Math.max(1, shortest.scale())).toPlainString();
    }

    private void timer(String key, String lengthKey) {
        Located timer = params.child(key);
        Optional<String> length = fields.scalar(timer.child(lengthKey)).filter(text -> !text.equals("0s"));
        boolean disabled = timer.child("disabled").node().asBoolean(false) || length.isEmpty();
        if (disabled) {
            toml.raw(key + "Disabled", "true");
            return;
        }
        if (!GO_DURATION.matcher(length.get()).matches()) {
            remarks.refuse(timer.child(lengthKey), "not a duration like 1m30s: " + length.get());
        }
        toml.text(key + "Period", length.get());
    }

    private void prices() {
        Located feeds = params.child("feeds");
        if (!feeds.node().isArray() || feeds.node().isEmpty()) {
            remarks.refuse(feeds, "there are no feeds");
            return;
        }
        Located request = params.child("requestData");
        String data = request.present() ? fields.json(request) : "{}";
        List<String> ends = new ArrayList<>();
        for (int i = 0; i < feeds.node().size(); i++) {
            price(feeds.item(i), i + 1, data);
            ends.add(graph.add("price" + (i + 1), "jsonparse", "path", "data,result", "data", "$(ds" + (i + 1) + ")"));
            graph.endChain();
        }
        int tolerated = (ends.size() - 1) / 2;
        String values = "[" + String.join(", ", ends.stream().map(Dot::variable).toList()) + "]";
        graph.add(MEDIAN, MEDIAN, "values", values, "allowedFaults", String.valueOf(tolerated));
        graph.join(ends, MEDIAN);
    }

    private void price(Located feed, int number, String data) {
        if (feed.node().isString()) {
            String url = fields.literal(feed, feed.node().asString());
            graph.add("ds" + number, "http", "method", "POST", "url", url, "requestData", data);
            return;
        }
        Optional<String> bridge = fields.scalar(feed.child("bridge"));
        if (bridge.isEmpty()) {
            remarks.refuse(feed, "a feed is a URL or the name of a bridge");
        }
        graph.add("ds" + number, "bridge", "name", bridge.orElse("").toLowerCase(Locale.ROOT), "requestData", data);
    }

    /** The monitor submits by itself; what is left of the tasks is the multiplication. */
    private void tasks(BigDecimal scale) {
        Located tasks = job.child("tasks");
        BigDecimal factor = BigDecimal.ONE;
        for (int i = 0; i < tasks.node().size(); i++) {
            Located task = tasks.item(i);
            switch (task.text("type").orElse("").toLowerCase(Locale.ROOT)) {
                case "multiply" -> factor = factor.multiply(times(task));
                case "ethint256", "ethuint256", "noop" -> {}
                case "ethtx" -> gasLimit(task.child("params"));
                default -> remarks.refuse(task.child("type"), "a flux monitor multiplies and submits, nothing else");
            }
        }
        if (factor.compareTo(scale) != 0) {
            remarks.refuse(
                    params.child("precision"),
                    "the tasks multiply by " + factor.toPlainString() + ", the precision says "
                            + scale.toPlainString());
        }
        graph.add("multiply", "multiply", "input", Dot.variable(MEDIAN), "times", factor.toPlainString());
    }

    private BigDecimal times(Located task) {
        Located times = task.child("params").child("times");
        return fields.number(times)
                .filter(ignored -> !remarks.refused())
                .map(BigDecimal::new)
                .orElse(BigDecimal.ONE);
    }

    private void gasLimit(Located ethtx) {
        fields.whole(ethtx.child("gasLimit"))
                .filter(limit -> !limit.equals("0"))
                .ifPresent(limit -> toml.raw("gasLimit", limit));
        for (String key : List.of("fromAddress", "fromAddresses", "gasPrice", "functionSelector", "address")) {
            if (ethtx.child(key).present()) {
                remarks.different(ethtx.child(key), "a flux monitor submits with the key that the contract lists");
            }
        }
    }
}
