package io.carabiner.jobs.cron;

import io.carabiner.jobs.SpecReader;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Reads the text of a schedule; faults in the words of robfig/cron v3 (parser.go). Pure. */
final class CronParser {

    private static final String ZONE = "CRON_TZ=";
    private static final String EVERY = "@every ";
    private static final int FIELDS = 6;

    private static final List<String> MONTHS =
            List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
    private static final List<String> WEEKDAYS = List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");

    private static final FieldParser SECONDS = new FieldParser(0, 59, List.of());
    private static final FieldParser MINUTES = new FieldParser(0, 59, List.of());
    private static final FieldParser HOURS = new FieldParser(0, 23, List.of());
    private static final FieldParser DAYS = new FieldParser(1, 31, List.of());
    private static final FieldParser MONTHS_OF_YEAR = new FieldParser(1, 12, MONTHS);
    private static final FieldParser DAYS_OF_WEEK = new FieldParser(0, 6, WEEKDAYS);

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private CronParser() {}

    static CronSchedule parse(String text) {
        if (!text.startsWith(ZONE)) {
            return parse(text, ZoneOffset.UTC);
        }
        int end = text.indexOf(' ');
        if (end < 0) {
            throw new IllegalArgumentException("expected exactly 6 fields, found 0: []");
        }
        return parse(text.substring(end).strip(), zone(text.substring(ZONE.length(), end)));
    }

    private static ZoneId zone(String name) {
        if (name.isEmpty() || name.equals("UTC")) {
            return ZoneOffset.UTC;
        }
        try {
            if (name.equals("Local")) {
                return ZoneId.systemDefault();
            }
            if (ZONES.contains(name)) {
                return ZoneId.of(name);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("provided bad location " + name + ": " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("provided bad location " + name + ": unknown time zone " + name);
    }

    private static CronSchedule parse(String text, ZoneId zone) {
        return text.startsWith("@") ? word(text, zone) : fields(text, zone);
    }

    private static CronSchedule word(String text, ZoneId zone) {
        if (text.startsWith(EVERY)) {
            return every(text);
        }
        return switch (text) {
            case "@yearly", "@annually" -> fields("0 0 0 1 1 *", zone);
            case "@monthly" -> fields("0 0 0 1 * *", zone);
            case "@weekly" -> fields("0 0 0 * * 0", zone);
            case "@daily", "@midnight" -> fields("0 0 0 * * *", zone);
            case "@hourly" -> fields("0 0 * * * *", zone);
            default -> throw new IllegalArgumentException("unrecognized descriptor: " + text);
        };
    }

    private static CronSchedule every(String text) {
        try {
            return new EverySchedule(SpecReader.goDuration(text.substring(EVERY.length())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("failed to parse duration " + text + ": " + e.getMessage(), e);
        }
    }

    private static CronSchedule fields(String text, ZoneId zone) {
        List<String> fields = Arrays.stream(text.split("\\s+"))
                .filter(part -> !part.isEmpty())
                .toList();
        if (fields.size() != FIELDS) {
            String wanted = fields.size() == FIELDS - 1 ? "expected exactly 6 fields" : "expected 5 to 6 fields";
            throw new IllegalArgumentException(
                    wanted + ", found " + fields.size() + ": [" + String.join(" ", fields) + "]");
        }
        return new FieldSchedule(
                SECONDS.parse(fields.get(0)),
                MINUTES.parse(fields.get(1)),
                HOURS.parse(fields.get(2)),
                DAYS.parse(fields.get(3)),
                MONTHS_OF_YEAR.parse(fields.get(4)),
                DAYS_OF_WEEK.parse(fields.get(5)),
                zone);
    }
}
