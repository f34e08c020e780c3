package io.carabiner.cli;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;

/** Times of the API in the two forms the Go node shows. Stateless. */
final class GoTimes {

    private GoTimes() {}

    /** As {@code 2026-11-20 23:57:05.464407 +0000 UTC}; an unreadable time stays as it is. */
    static String full(JsonNode value) {
        String text = value.asString("");
        int end = text.length() - 1;
        if (text.endsWith("Z") && text.indexOf('T') == 10) {
            return text.substring(0, 10) + " " + text.substring(11, end) + " +0000 UTC";
        }
        return text;
    }

    /** As {@code 2026-11-20T23:57:59Z}: without fractions of a second. */
    static String seconds(JsonNode value) {
        String text = value.asString("");
        try {
            return OffsetDateTime.parse(text)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toInstant()
                    .toString();
        } catch (DateTimeException e) {
            return text;
        }
    }
}
