package io.carabiner.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of the house over every source file, and that each rule bites. */
class HouseRulesTest {

    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();

    @Test
    void everySource_keepsTheRules() throws IOException {
        List<String> broken = new ArrayList<>();
        for (Path source : sources()) {
            broken.addAll(HouseRules.broken(ROOT.relativize(source).toString(), Files.readString(source)));
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void everyPublicType_saysWhatItIs() throws IOException {
        List<String> silent = new ArrayList<>();
        for (Path source : sources()) {
            if (source.toString().contains("/src/main/")) {
                silent.addAll(PublicTypes.undocumented(ROOT.relativize(source).toString(), Files.readString(source)));
            }
        }
        assertThat(silent).isEmpty();
    }

    @Test
    void aPublicTypeWithoutJavadoc_isFound() {
        assertThat(PublicTypes.undocumented("A.java", "/** A. */\npublic class A {}"))
                .isEmpty();
        assertThat(PublicTypes.undocumented(
                        "A.java", "/** A. */\n@Command(name = \"a)\", with = {Some.class})\npublic final class A {}"))
                .isEmpty();
        assertThat(PublicTypes.undocumented("A.java", "/** A. */\nfinal int a = 1;\n\npublic sealed interface B {}"))
                .containsExactly("A.java:4: B has no Javadoc: say what it is");
        assertThat(PublicTypes.undocumented("A.java", "@Command(name = \"a\")\npublic record A() {}"))
                .containsExactly("A.java:2: A has no Javadoc: say what it is");
    }

    @Test
    void everyRoom_saysWhatItOwns() throws IOException {
        try (Stream<Path> rooms = Files.list(ROOT)) {
            assertThat(rooms.map(room -> room.resolve("src/main/java/io/carabiner/" + room.getFileName()))
                            .filter(Files::isDirectory))
                    .allSatisfy(room -> assertThat(room.resolve("package-info.java"))
                            .content()
                            .contains("must not")
                            .contains("@NullMarked"));
        }
    }

    @Test
    void eachRule_findsItsOffender() {
        assertThat(HouseRules.broken("evm/src/test/java/ATest.java", "class A {\n  { Thread.sleep(1); }\n}"))
                .singleElement()
                .asString()
                .startsWith("evm/src/test/java/ATest.java:2: Thread.sleep(");
        assertThat(HouseRules.broken("evm/src/test/java/ATest.java", "@Disabled\nclass A {}"))
                .hasSize(1);
        assertThat(HouseRules.broken("evm/src/main/java/A.java", "Instant.now(); // TODO"))
                .hasSize(2);
        assertThat(HouseRules.broken("evm/src/main/java/A.java", "throw new UnsupportedOperationException();"))
                .hasSize(1);
        assertThat(HouseRules.broken(
                        "evm/src/main/java/A.java", "catch (IOException | UnsupportedOperationException e)"))
                .isEmpty();
        assertThat(HouseRules.broken("evm/src/main/java/A.java", "a".repeat(121)))
                .hasSize(1);
        assertThat(HouseRules.broken("evm/src/test/java/ATest.java", "    // " + "a".repeat(121)))
                .hasSize(1);
        assertThat(HouseRules.broken("evm/src/test/java/ATest.java", "\n".repeat(400)))
                .hasSize(1);
        assertThat(HouseRules.broken("evm/src/test/java/ATest.java", "\n".repeat(399)))
                .isEmpty();
        assertThat(HouseRules.broken("evm/src/main/java/A.java", "catch (Exception ignored) {}"))
                .hasSize(1);
        assertThat(HouseRules.broken("evm/src/main/java/A.java", "import com.fasterxml.jackson.databind.JsonNode;"))
                .hasSize(1);
        assertThat(HouseRules.broken("evm/src/main/java/A.java", "package io.carabiner.evm.utils;"))
                .hasSize(1);
        assertThat(HouseRules.broken("keystore/src/main/java/A.java", "import org.slf4j.Logger;"))
                .hasSize(1);
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/")
                            && !file.toString().contains("/node_modules/"))
                    .toList();
        }
    }
}
