package io.carabiner.checks;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every public type of a room says what it is: its face is its documentation. */
final class PublicTypes {

    private static final Pattern DECLARATION = Pattern.compile(
            "^ *public (?:(?:static|final|abstract|sealed|non-sealed) )*"
                    + "(?:class|record|interface|@interface|enum) (\\w+)",
            Pattern.MULTILINE);

    /** What may stand between a comment and the type: annotations, whose texts have been emptied. */
    private static final Pattern DOCUMENTED =
            Pattern.compile("\\*/\\s*(?:@[\\w.]+(?:\\((?:[^()]++|\\([^()]*+\\))*+\\))?\\s*)*\\z");

    private static final Pattern TEXT = Pattern.compile("\"\"\"[\\s\\S]*?\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*+\"");

    private PublicTypes() {}

    /** One sentence for each public type of a source file that has no Javadoc. */
    static List<String> undocumented(String path, String source) {
        return DECLARATION
                .matcher(source)
                .results()
                .filter(type -> !documented(source.substring(0, type.start())))
                .map(type -> "%s:%d: %s has no Javadoc: say what it is"
                        .formatted(path, HouseRules.line(source, type.start()), type.group(1)))
                .toList();
    }

    private static boolean documented(String before) {
        int comment = before.lastIndexOf("/**");
        return comment >= 0
                && DOCUMENTED
                        .matcher(TEXT.matcher(before.substring(comment)).replaceAll(Matcher.quoteReplacement("\"\"")))
                        .find();
    }
}
