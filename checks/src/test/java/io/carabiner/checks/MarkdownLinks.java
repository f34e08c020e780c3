package io.carabiner.checks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Links of Markdown texts to files of the project. */
final class MarkdownLinks {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern ELSEWHERE = Pattern.compile("[a-z]+:.*|#.*");

    private MarkdownLinks() {}

    /** One sentence for each link of a text to a file that does not exist, seen from the folder of the text. */
    static List<String> broken(Path folder, String name, String markdown) {
        return LINK.matcher(markdown)
                .results()
                .map(link -> link.group(1))
                .filter(target -> !ELSEWHERE.matcher(target).matches())
                .map(target -> target.split("#", 2)[0])
                .filter(target -> !Files.exists(folder.resolve(target)))
                .map(target -> name + ": there is no " + target)
                .toList();
    }
}
