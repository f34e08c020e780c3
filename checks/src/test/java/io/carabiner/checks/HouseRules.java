package io.carabiner.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Rules that a compiler does not know, read from source text: one pattern, one reason each. */
enum HouseRules {
    NO_SLEEP_IN_TESTS(Place.TEST, "Thread\\.sleep\\(", "wait for a condition, or move a test clock"),
    NO_DISABLED_TESTS(Place.TEST, "@Disabled|assumeTrue\\(|assumeFalse\\(", "a test that does not run proves nothing"),
    TIME_THROUGH_ITS_SOURCE(
            Place.MAIN,
            "Instant\\.now\\(\\)|System\\.currentTimeMillis\\(\\)|LocalDate(Time)?\\.now\\(\\)",
            "take a primitives.TimeSource, so that a test can move time"),
    NOTHING_LEFT_OPEN(
            Place.MAIN, "TODO|FIXME|XXX|new UnsupportedOperationException", "finish it, or refuse it with a fault"),
    NO_SWALLOWED_FAULT(
            Place.MAIN,
            "catch \\((Exception|Throwable|RuntimeException) (ignored|_|ignore)\\)",
            "handle it, or let it pass"),
    ONE_JACKSON(Place.ANY, "import com\\.fasterxml\\.jackson\\.(core|databind)", "Jackson 3 lives in tools.jackson"),
    NO_BAG_PACKAGES(Place.ANY, "^package .*\\.(utils?|common|helpers?|impl|misc)[.;]", "name it after what it owns"),
    KEYSTORE_IS_SILENT(Place.KEYSTORE, "org\\.slf4j|System\\.(out|err)|telemetry", "the keystore never logs"),
    SHORT_LINES(Place.MAIN, "^.{121,}$", "120 characters to a line"),
    /** Code is wrapped by the formatter; what tests hold of recorded text stays as it was recorded. */
    SHORT_COMMENTS(Place.TEST, "^(?=\\s*(/\\*|\\*|//)).{121,}$", "120 characters to a line"),
    SHORT_FILES(Place.ANY, "\\A(.*\\n){400}", "under 400 lines to a file: it has two ideas, give each its own");

    enum Place {
        MAIN,
        TEST,
        KEYSTORE,
        ANY
    }

    private static final int SHOWN_CHARACTERS = 60;

    private final Place place;
    private final Pattern pattern;
    private final String reason;

    HouseRules(Place place, String pattern, String reason) {
        this.place = place;
        this.pattern = Pattern.compile(pattern, Pattern.MULTILINE);
        this.reason = reason;
    }

    /** One sentence for each place of a source file that breaks a rule. */
    static List<String> broken(String path, String source) {
        List<String> found = new ArrayList<>();
        for (HouseRules rule : values()) {
            if (rule.concerns(path)) {
                rule.pattern
                        .matcher(source)
                        .results()
                        .forEach(match -> found.add("%s:%d: %s (%s)"
                                .formatted(path, line(source, match.start()), shown(match.group()), rule.reason)));
            }
        }
        return found;
    }

    private boolean concerns(String path) {
        boolean own = path.endsWith("HouseRules.java") || path.endsWith("HouseRulesTest.java");
        return !own
                && switch (place) {
                    case MAIN -> path.contains("/src/main/") && !path.endsWith("SystemTimeSource.java");
                    case TEST -> path.contains("/src/test/") || path.startsWith("testkit/");
                    case KEYSTORE -> path.startsWith("keystore/src/main/");
                    case ANY -> true;
                };
    }

    private static String shown(String match) {
        String first = match.lines().findFirst().orElse("").strip();
        return first.length() <= SHOWN_CHARACTERS ? first : first.substring(0, SHOWN_CHARACTERS) + "…";
    }

    /** The line an offset is in, from 1. */
    static int line(String source, int offset) {
        return 1
                + (int) source.substring(0, offset)
                        .chars()
                        .filter(each -> each == '\n')
                        .count();
    }
}
