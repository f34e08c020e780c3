package io.carabiner.fluxmonitor;

import io.carabiner.fluxmonitor.FluxMonitorSpec.Drumbeat;
import io.carabiner.fluxmonitor.FluxMonitorSpec.Timer;
import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.SpecReader;
import io.carabiner.jobs.cron.CronSchedule;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The keys of a flux monitor spec. Go counterpart: core/services/fluxmonitorv2/validate.go (2.15). Pure. */
final class SpecKeys {

    private static final String IDLE_BESIDE_DRUMBEAT =
            "When the drumbeat ticker is enabled, the idle timer must be disabled."
                    + " Please set IdleTimerDisabled to true";

    private final SpecReader fields;

    private SpecKeys(SpecReader fields) {
        this.fields = fields;
    }

    static Function<JobHeader, FluxMonitorSpec> read(SpecReader fields) {
        return new SpecKeys(fields).read();
    }

    private Function<JobHeader, FluxMonitorSpec> read() {
        Address contract = fields.address("contractAddress").orElse(Address.ZERO);
        ChainId chain = new ChainId(fields.requiredChainId());
        float threshold = number("threshold");
        float absolute = number("absoluteThreshold");
        Timer poll = timer("pollTimer");
        Timer idle = timer("idleTimer");
        Optional<Drumbeat> drumbeat = drumbeat(idle);
        Duration delay = notNegative("drumbeatRandomDelay").orElse(Duration.ZERO);
        Optional<BigInteger> minPayment = fields.juels("minPayment");
        return header -> new FluxMonitorSpec(
                header, contract, chain, threshold, absolute, poll, idle, drumbeat, delay, minPayment);
    }

    /** A number of single precision, written as a number or as text. */
    private float number(String key) {
        Object value = fields.value(key);
        if (value == null) {
            return 0;
        }
        String text = String.valueOf(value);
        try {
            float number = Float.parseFloat(text);
            if (!text.matches("[+-]?[0-9.]+([eE][+-]?[0-9]+)?")) {
                throw new NumberFormatException(text);
            }
            if (Float.isInfinite(number)) {
                fields.refuse(key, "unmarshal text: strconv.ParseFloat: parsing \"" + text + "\": value out of range");
            }
            return number;
        } catch (NumberFormatException e) {
            fields.refuse(key, "unmarshal text: strconv.ParseFloat: parsing \"" + text + "\": invalid syntax");
            return 0;
        }
    }

    private Timer timer(String name) {
        Optional<Duration> period = notNegative(name + "Period");
        boolean disabled = fields.bool(name + "Disabled");
        if (!disabled && period.filter(Duration::isZero).isPresent()) {
            fields.refuse(name + "Period must be more than 0 while the timer is enabled: set it, or set " + name
                    + "Disabled = true");
        }
        return new Timer(period.orElse(Duration.ZERO), disabled);
    }

    /** Zero if it is missing, empty if it is refused. */
    private Optional<Duration> notNegative(String key) {
        Optional<Duration> duration = duration(key);
        if (duration.filter(Duration::isNegative).isPresent()) {
            fields.refuse(key, key + " must not be negative");
            return Optional.empty();
        }
        return duration;
    }

    /** Text in Go's form, or a whole number of nanoseconds, as the Go node's library reads a plain duration. */
    private Optional<Duration> duration(String key) {
        Object value = fields.value(key);
        return switch (value) {
            case null -> Optional.of(Duration.ZERO);
            case Long nanos -> Optional.of(Duration.ofNanos(nanos));
            case String text -> duration(key, text);
            default -> {
                fields.refuse(key, cannotConvert(value));
                yield Optional.empty();
            }
        };
    }

    private Optional<Duration> duration(String key, String text) {
        try {
            return Optional.of(SpecReader.goDuration(text));
        } catch (IllegalArgumentException e) {
            fields.refuse(key, cannotConvert(text) + ". " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String cannotConvert(Object value) {
        return "Can't convert " + SpecReader.shown(value) + " to time.Duration";
    }

    private Optional<Drumbeat> drumbeat(Timer idle) {
        String text = fields.text("drumbeatSchedule").orElse("");
        if (!fields.bool("drumbeatEnabled")) {
            return Optional.empty();
        }
        if (!idle.disabled()) {
            fields.refuse(IDLE_BESIDE_DRUMBEAT);
        }
        try {
            return Optional.of(new Drumbeat(text, CronSchedule.parse(text)));
        } catch (IllegalArgumentException e) {
            fields.refuse("while validating drumbeat schedule: " + e.getMessage());
            return Optional.empty();
        }
    }
}
