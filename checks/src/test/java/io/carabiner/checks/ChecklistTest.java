package io.carabiner.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The checklist names tests that are there. */
class ChecklistTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w+Test)`");

    @Test
    void everyTestThatIsNamed_isThere() throws IOException {
        Set<String> named = named(Files.readString(ROOT.resolve("docs/operations/checklist.md")));
        assertThat(named).hasSizeGreaterThan(10);
        assertThat(tests()).containsAll(named);
    }

    @Test
    void aName_isReadFromATable() {
        assertThat(named("| Wish | here | `NoSuchTest`, `OtherTest` |")).containsExactly("NoSuchTest", "OtherTest");
    }

    private static Set<String> named(String page) {
        Set<String> names = new TreeSet<>();
        Matcher found = TEST.matcher(page);
        while (found.find()) {
            names.add(found.group(1));
        }
        return names;
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT, 20)) {
            return files.filter(file -> file.toString().contains("/src/test/java/"))
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Test.java"))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .collect(Collectors.toSet());
        }
    }
}
