package io.carabiner.fluxmonitor;

import io.carabiner.config.Amounts;
import io.carabiner.config.GoDuration;
import io.carabiner.crypto.Eip55;
import io.carabiner.jobs.JobHeader;
import io.carabiner.jobs.JobSpec;
import io.carabiner.jobs.cron.CronSchedule;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import io.carabiner.primitives.Juels;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A job that keeps a price feed up to date. Go counterpart: core/services/fluxmonitorv2, core/services/job/models.go
 * (2.15).
 *
 * @param contractAddress the FluxAggregator; the zero address where the spec has none
 * @param threshold percent
 * @param absoluteThreshold in the feed's units
 * @param drumbeat empty if it is not enabled
 * @param minPayment juels; may be negative, which asks nothing
 */
public record FluxMonitorSpec(
        JobHeader header,
        Address contractAddress,
        ChainId evmChainId,
        float threshold,
        float absoluteThreshold,
        Timer pollTimer,
        Timer idleTimer,
        Optional<Drumbeat> drumbeat,
        Duration drumbeatRandomDelay,
        Optional<BigInteger> minPayment)
        implements JobSpec {

    /** The name of the type in specs. */
    public static final String TYPE = "fluxmonitor";

    /**
     * One of the timers, which keeps its period when it is disabled.
     *
     * @param period more than zero if it is enabled
     */
    public record Timer(Duration period, boolean disabled) {

        Optional<Duration> enabledPeriod() {
            return disabled ? Optional.empty() : Optional.of(period);
        }
    }

    /**
     * The times at which an answer is told whatever it is.
     *
     * @param text as the operator wrote it
     */
    public record Drumbeat(String text, CronSchedule schedule) {}

    @Override
    public String type() {
        return TYPE;
    }

    /** The timers that the job has. A schedule whose times are over strikes no more. */
    TimerSettings timers() {
        Optional<UnaryOperator<Instant>> next =
                drumbeat.map(beat -> after -> beat.schedule().next(after).orElse(Instant.MAX));
        return new TimerSettings(pollTimer.enabledPeriod(), idleTimer.enabledPeriod(), next, drumbeatRandomDelay);
    }

    @Override
    public SequencedMap<String, @Nullable Object> attributes(Instant createdAt) {
        SequencedMap<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("contractAddress", Eip55.format(contractAddress));
        fields.put("threshold", number(threshold));
        fields.put("absoluteThreshold", number(absoluteThreshold));
        fields.put("pollTimerPeriod", GoDuration.print(pollTimer.period()));
        fields.put("pollTimerDisabled", pollTimer.disabled());
        fields.put("idleTimerPeriod", GoDuration.print(idleTimer.period()));
        fields.put("idleTimerDisabled", idleTimer.disabled());
        fields.put("drumbeatEnabled", drumbeat.isPresent());
        fields.put("drumbeatSchedule", drumbeat.map(Drumbeat::text).orElse(null));
        fields.put("drumbeatRandomDelay", drumbeatRandomDelay.isZero() ? null : GoDuration.print(drumbeatRandomDelay));
        fields.put("minPayment", minPayment.map(FluxMonitorSpec::link).orElse(null));
        fields.put("createdAt", createdAt);
        fields.put("updatedAt", createdAt);
        fields.put("evmChainID", evmChainId.toString());
        return fields;
    }

    /** As Go prints a number of single precision: 1, not 1.0. */
    private static BigDecimal number(float value) {
        BigDecimal number = new BigDecimal(Float.toString(value)).stripTrailingZeros();
        return number.scale() < 0 ? number.setScale(0) : number;
    }

    private static String link(BigInteger juels) {
        return juels.signum() < 0 ? juels.toString() : Amounts.print(new Juels(juels));
    }
}
