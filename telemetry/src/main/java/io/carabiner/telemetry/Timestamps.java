package io.carabiner.telemetry;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * How the log writes time.
 *
 * @param unix seconds since 1970 with a fraction, instead of ISO 8601 with milliseconds
 * @param zone for ISO 8601
 */
record Timestamps(boolean unix, ZoneId zone) {

    private static final DateTimeFormatter ISO_8601 =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSXX", Locale.ROOT);

    static Timestamps of(Logging.Settings settings) {
        return new Timestamps(settings.unixTimestamps(), ZoneId.systemDefault());
    }

    String format(Instant instant) {
        return unix
                ? String.format(Locale.ROOT, "%d.%09d", instant.getEpochSecond(), instant.getNano())
                : ISO_8601.withZone(zone).format(instant);
    }
}
