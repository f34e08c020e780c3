package io.carabiner.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import io.carabiner.crypto.fixture.CryptoThatKnowsTheDatabase;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The room edges, and that the rule bites. */
class RoomEdgesTest {

    private static final JavaClasses PROGRAM = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages(RoomEdges.rooms().stream()
                    .map(room -> "io.carabiner." + room)
                    .toList());

    @Test
    void everyRoom_usesOnlyTheRoomsUnderIt() {
        assertThat(RoomEdges.violations(PROGRAM)).isEmpty();
    }

    @Test
    void everyRoomOfTheTable_hasClasses() {
        assertThat(PROGRAM.stream()
                        .flatMap(type -> RoomEdges.room(type).stream())
                        .collect(Collectors.toSet()))
                .containsAll(RoomEdges.rooms());
    }

    @Test
    void insideARoom_packagesFormNoCircle() {
        SlicesRuleDefinition.slices()
                .matching("io.carabiner.(**)")
                .should()
                .beFreeOfCycles()
                .check(PROGRAM);
    }

    @Test
    void aRoomThatLooksUpwards_isFound() {
        JavaClasses offender = new ClassFileImporter().importClasses(CryptoThatKnowsTheDatabase.class);
        assertThat(RoomEdges.violations(offender)).isNotEmpty().allSatisfy(sentence -> assertThat(sentence)
                .startsWith("crypto must not use database"));
    }
}
