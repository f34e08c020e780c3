package io.carabiner.jobs.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CronScheduleTest {

    private static Instant at(String text) {
        return OffsetDateTime.parse(text).toInstant();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CRON_TZ=UTC * * * * * *               | 2026-03-01T00:00:00.4Z | 2026-03-01T00:00:01Z
            CRON_TZ=UTC 0 * * * * *               | 2026-03-01T00:00:00Z   | 2026-03-01T00:01:00Z
            CRON_TZ=UTC */15 * * * * *            | 2026-03-01T00:00:46Z   | 2026-03-01T00:01:00Z
            CRON_TZ=UTC 5/20 * * * * *            | 2026-03-01T00:00:26Z   | 2026-03-01T00:00:45Z
            CRON_TZ=UTC 0 20-35/15 * * * *        | 2026-03-01T00:20:00Z   | 2026-03-01T00:35:00Z
            CRON_TZ=UTC 0 0 9,17 * * *            | 2026-03-01T09:00:00Z   | 2026-03-01T17:00:00Z
            CRON_TZ=UTC 0 30 9 * * MON-fri        | 2026-03-06T09:30:00Z   | 2026-03-09T09:30:00Z
            CRON_TZ=UTC 0 0 0 1 JAN ?             | 2026-03-06T09:30:00Z   | 2027-01-01T00:00:00Z
            CRON_TZ=UTC 0 0 0 29 2 ?              | 2026-03-06T09:30:00Z   | 2028-02-29T00:00:00Z
            CRON_TZ=UTC 0 0 0 1,15 * SUN          | 2026-03-01T00:00:00Z   | 2026-03-08T00:00:00Z
            CRON_TZ=UTC 0 0 0 15 * SUN            | 2026-03-08T00:00:00Z   | 2026-03-15T00:00:00Z
            CRON_TZ=UTC 0 0 0 */2 * SUN           | 2026-03-02T00:00:00Z   | 2026-03-03T00:00:00Z
            CRON_TZ=UTC 0 0 0 */1 * SUN           | 2026-03-02T00:00:00Z   | 2026-03-08T00:00:00Z
            CRON_TZ=UTC 59 59 23 31 12 *          | 2026-12-31T23:59:59Z   | 2027-12-31T23:59:59Z
            CRON_TZ=UTC @hourly                   | 2026-03-01T00:30:00Z   | 2026-03-01T01:00:00Z
            CRON_TZ=UTC @daily                    | 2026-03-01T00:30:00Z   | 2026-03-02T00:00:00Z
            CRON_TZ=UTC @midnight                 | 2026-03-01T00:30:00Z   | 2026-03-02T00:00:00Z
            CRON_TZ=UTC @weekly                   | 2026-03-03T00:30:00Z   | 2026-03-08T00:00:00Z
            CRON_TZ=UTC @monthly                  | 2026-03-03T00:30:00Z   | 2026-04-01T00:00:00Z
            CRON_TZ=UTC @yearly                   | 2026-03-03T00:30:00Z   | 2027-01-01T00:00:00Z
            CRON_TZ=UTC @annually                 | 2026-03-03T00:30:00Z   | 2027-01-01T00:00:00Z
            CRON_TZ=  0 0 * * * *                 | 2026-03-03T00:30:00Z   | 2026-03-03T01:00:00Z
            CRON_TZ=UTC @every 1m                 | 2026-03-03T00:30:07Z   | 2026-03-03T00:31:07Z
            @every 1h30m                          | 2026-03-03T00:30:00.9Z | 2026-03-03T02:00:00Z
            @every 2500ms                         | 2026-03-03T00:30:00Z   | 2026-03-03T00:30:02Z
            @every 100ms                          | 2026-03-03T00:30:00Z   | 2026-03-03T00:30:01Z
            @every -1h                            | 2026-03-03T00:30:00Z   | 2026-03-03T00:30:01Z
            CRON_TZ=Asia/Tokyo 0 0 9 * * *        | 2026-03-03T00:30:00Z   | 2026-03-04T00:00:00Z
            CRON_TZ=America/New_York 0 30 9 * * 1-5 | 2026-03-06T14:30:00Z | 2026-03-09T13:30:00Z
            """)
    void theNextTime_isTheOneTheGoNodeFinds(String schedule, String after, String next) {
        assertThat(CronSchedule.parse(schedule).next(at(after))).hasValue(at(next));
    }

    @Test
    void aDayThatNeverComes_isGivenUp() {
        assertThat(CronSchedule.parse("CRON_TZ=UTC 0 0 0 31 2 *").next(Instant.EPOCH))
                .isEmpty();
    }

    /** What clocks skip does not happen that day; what they show twice happens twice. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            America/New_York | 0 0 * * * ?  | 2012-03-11T01:00-05:00 | 2012-03-11T03:00-04:00
            America/New_York | 0 0 2 * * ?  | 2012-03-10T02:00-05:00 | 2012-03-12T02:00-04:00
            America/New_York | 0 30 2 11 3 ?| 2012-03-11T00:00-05:00 | 2013-03-11T02:30-04:00
            America/New_York | 0 0 1 * * ?  | 2012-11-04T01:00-04:00 | 2012-11-04T01:00-05:00
            America/New_York | 0 0 1 * * ?  | 2012-11-04T01:00-05:00 | 2012-11-05T01:00-05:00
            America/New_York | 0 0 3 * * ?  | 2012-11-04T00:00-04:00 | 2012-11-04T03:00-05:00
            Europe/Berlin    | 0 30 2 * * * | 2026-10-25T02:30+02:00 | 2026-10-25T02:30+01:00
            Asia/Beirut      | 0 0 12 * * 0 | 2026-03-28T12:00+02:00 | 2026-03-29T12:00+03:00
            Asia/Beirut      | 0 0 0 * * *  | 2026-03-28T00:00+02:00 | 2026-03-30T00:00+03:00
            Australia/Lord_Howe | 0 45 1 * * * | 2026-04-05T01:45+11:00 | 2026-04-05T01:45+10:30
            """)
    void onTheDayClocksChange(String zone, String fields, String after, String next) {
        assertThat(CronSchedule.parse("CRON_TZ=" + zone + " " + fields).next(at(after)))
                .hasValue(at(next));
    }

    /** Around changes of clocks, and elsewhere, the answer is what trying each minute finds. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aJumpingSearch_findsWhatTryingEachMinuteFinds(long seed) {
        Random random = new Random(seed);
        List<String> zones = List.of(
                "Europe/Berlin",
                "America/New_York",
                "America/Havana",
                "Asia/Beirut",
                "Australia/Lord_Howe",
                "Africa/Casablanca",
                "America/Sao_Paulo",
                "UTC");
        for (int i = 0; i < 60; i++) {
            ZoneId zone = ZoneId.of(zones.get(random.nextInt(zones.size())));
            String text = "CRON_TZ=" + zone + " 0 " + field(random, 60) + " " + field(random, 24) + " * * "
                    + field(random, 7);
            Instant after = nearAChange(zone, random);
            FieldSchedule schedule = (FieldSchedule) CronSchedule.parse(text);
            assertThat(schedule.next(after).filter(next -> next.isBefore(after.plusSeconds(4 * 86_400))))
                    .as("seed %d: %s after %s", seed, text, after)
                    .isEqualTo(byTrying(schedule, after, 4 * 1_440));
        }
    }

    private static String field(Random random, int values) {
        return switch (random.nextInt(4)) {
            case 0 -> "*";
            case 1 -> String.valueOf(random.nextInt(values));
            case 2 -> "*/" + (1 + random.nextInt(values));
            default -> random.nextInt(3) + "-" + (3 + random.nextInt(values - 3));
        };
    }

    private static Instant nearAChange(ZoneId zone, Random random) {
        Instant start = at("2015-01-01T00:00:00Z").plusSeconds(random.nextInt(120_000_000));
        ZoneOffsetTransition change = zone.getRules().nextTransition(start);
        Instant near = change == null ? start : change.getInstant();
        return near.plusSeconds(random.nextInt(100_000) - 90_000);
    }

    private static Optional<Instant> byTrying(FieldSchedule schedule, Instant after, int minutes) {
        long first = Math.floorDiv(after.getEpochSecond(), 60) + 1;
        for (long minute = first; minute < first + minutes; minute++) {
            Instant time = Instant.ofEpochSecond(minute * 60);
            LocalDateTime shown = LocalDateTime.ofInstant(time, schedule.zone());
            if (schedule.minute().has(shown.getMinute())
                    && schedule.hour().has(shown.getHour())
                    && schedule.dayFits(
                            shown.getDayOfMonth(), shown.getDayOfWeek().getValue() % 7)
                    && time.isBefore(after.plusSeconds(4 * 86_400))) {
                return Optional.of(time);
            }
        }
        return Optional.empty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CRON_TZ=UTC 0 0 1 1 *        | expected exactly 6 fields, found 5: [0 0 1 1 *]
            CRON_TZ=UTC                  | expected exactly 6 fields, found 0: []
            CRON_TZ=UTC 0 0 0 1-2-3 * *  | too many hyphens: 1-2-3
            CRON_TZ=UTC 0 0/2/3 0 * * *  | too many slashes: 0/2/3
            CRON_TZ=UTC 0 0 0 0 * *      | beginning of range (0) below minimum (1): 0
            CRON_TZ=UTC 0 9-5 0 * * *    | beginning of range (9) beyond end of range (5): 9-5
            CRON_TZ=UTC 0 */0 0 * * *    | step of range should be a positive number: */0
            CRON_TZ=UTC 0 , 0 * * *      | no value in the field: ,
            CRON_TZ=UTC 0 99999999999 0 * * * | failed to parse int from 99999999999: strconv.Atoi: parsing "99999999999": invalid syntax
            CRON_TZ=UTC @fortnightly     | unrecognized descriptor: @fortnightly
            CRON_TZ=../etc 0 0 0 * * *   | provided bad location ../etc: unknown time zone ../etc
            """)
    void whatIsNoSchedule_isRefusedWithTheReason(String text, String reason) {
        assertThatThrownBy(() -> CronSchedule.parse(text))
                .hasMessage("invalid cron schedule '" + text + "': " + reason);
    }

    @Test
    void ahugeStep_hasAnEnd() {
        assertThat(CronSchedule.parse("CRON_TZ=UTC 1/2147483647 * * * * *").next(Instant.EPOCH))
                .hasValue(Instant.ofEpochSecond(1));
    }
}
