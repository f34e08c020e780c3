package io.carabiner.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole lives of the node as it is, and that the mistakes it could hold are found. */
class SimulationTest {

    /** About a minute on one core; {@code ./campaign simulation} plays as many as one likes. */
    private static final long LIVES = Long.getLong("simulation.lives", 1_000);

    /** A planted bug is found in fewer lives than this. */
    private static final long LIVES_TO_FIND = 500;

    @BeforeAll
    static void silence() {
        SimulationCampaign.silence();
    }

    @Test
    void everyLife_keepsEveryPromise() throws InterruptedException {
        for (long seed = 1; seed <= LIVES; seed++) {
            assertThat(Life.play(seed, PlantedBug.NONE).failure()).isEmpty();
        }
    }

    /** A reorg of blocks that were only followed before a death; hashes of many blocks that were given again. */
    @ParameterizedTest
    @ValueSource(longs = {1_000_043, 1_000_373, 3_000_664, 3_005_911})
    void aLifeThatOnceBrokeAPromise_keepsThemAll(long seed) throws InterruptedException {
        assertThat(Life.play(seed, PlantedBug.NONE).failure()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aPlantedBug_isFound_andItsSeedFindsItAgain(PlantedBug bug) throws InterruptedException {
        Life.Failure found = firstFailure(bug);
        assertThat(found.invariant()).as(found.toString()).isEqualTo(bug.invariant());
        assertThat(Life.play(found.seed(), bug).failure()).contains(found);
        assertThat(Life.play(found.seed(), PlantedBug.NONE).failure()).isEmpty();
        System.out.println("found " + found);
    }

    private static Life.Failure firstFailure(PlantedBug bug) throws InterruptedException {
        for (long seed = 1; seed <= LIVES_TO_FIND; seed++) {
            Optional<Life.Failure> failure = Life.play(seed, bug).failure();
            if (failure.isPresent()) {
                return failure.get();
            }
        }
        throw new AssertionError(bug + " was not found in " + LIVES_TO_FIND + " lives");
    }

    @Test
    void theSameSeed_isTheSameLife() throws InterruptedException {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(Life.play(seed, PlantedBug.NONE)).isEqualTo(Life.play(seed, PlantedBug.NONE));
        }
    }

    @Test
    void lives_areFullOfTrouble() throws InterruptedException {
        int requests = 0;
        int reorgs = 0;
        Set<EndpointTrouble> troubles = EnumSet.noneOf(EndpointTrouble.class);
        for (long seed = 1; seed <= 50; seed++) {
            Life.Course course = Life.play(seed, PlantedBug.NONE);
            requests += course.requests();
            reorgs += course.reorgs();
            troubles.addAll(Plan.of(new Random(seed), PlantedBug.NONE).troubles());
        }
        assertThat(requests).isGreaterThan(1_000);
        assertThat(reorgs).isGreaterThan(100);
        assertThat(troubles).containsExactlyInAnyOrder(EndpointTrouble.values());
    }
}
