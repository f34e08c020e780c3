package io.carabiner.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.carabiner.primitives.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What a person sees who watches the console while something stays broken. */
class RepeatFilterTest {

    private final List<String> seen = new ArrayList<>();
    private final Logger logger = (Logger) LoggerFactory.getLogger(Logging.OWN_LOGGERS + ".Repeating");
    private final OperatorLog log = OperatorLog.named("Repeating");
    private long nanos;

    private final AppenderBase<ILoggingEvent> console = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            String repeated = event.getKeyValuePairs().stream()
                    .filter(field -> field.key.equals("repeated"))
                    .map(field -> " repeated=" + field.value)
                    .findFirst()
                    .orElse("");
            seen.add(event.getFormattedMessage() + repeated);
        }
    };

    private final TimeSource time = new TimeSource() {
        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public long monotonicNanos() {
            return nanos;
        }

        @Override
        public void sleep(Duration duration) {
            throw new IllegalStateException("a filter never waits");
        }
    };

    @BeforeEach
    void listen() {
        RepeatFilter filter = new RepeatFilter(time);
        filter.start();
        console.addFilter(filter);
        console.start();
        logger.setLevel(Level.DEBUG);
        logger.addAppender(console);
    }

    @AfterEach
    void detach() {
        logger.detachAppender(console);
    }

    @Test
    void theSameWarning_isSeenOnceAMinute_withHowOftenItWasNot() {
        for (int tryCount = 0; tryCount < 50; tryCount++) {
            log.error("X", "cannot store", OperatorLog.field("err", "no " + tryCount), OperatorLog.field("jobID", 1));
        }
        nanos += RepeatFilter.AGAIN.toNanos();
        log.error("X", "cannot store", OperatorLog.field("err", "still not"), OperatorLog.field("jobID", 1));

        assertThat(seen).containsExactly("cannot store", "cannot store repeated=49");
    }

    @Test
    void whatIsAboutSomethingElse_orOnlyInforms_orCannotWait_isNotKept() {
        for (int job = 0; job < 3; job++) {
            log.warn("X", "job failed", OperatorLog.field("jobID", job));
            log.info("Y", "sent");
            log.critical("Z", "no endpoint");
        }
        assertThat(seen)
                .containsExactly(
                        "job failed",
                        "sent",
                        "no endpoint",
                        "job failed",
                        "sent",
                        "no endpoint",
                        "job failed",
                        "sent",
                        "no endpoint");
    }
}
