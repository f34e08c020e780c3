package io.carabiner.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LeaseDecisionTest {

    private static final OffsetDateTime TIME = OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
    private static final Path FOLDER = Path.of("/data/node");
    private static final ProcessIdentity SELF = ProcessIdentity.current(FOLDER);

    private static ProcessIdentity holder(String machine, String folder, long pid, String started) {
        return new ProcessIdentity(UUID.randomUUID(), machine, folder, pid, started);
    }

    private static LeaseDecision decide(ProcessIdentity holder, boolean expired, boolean ended, int sightings) {
        return LeaseDecision.decide(
                new LeaseRow(7, holder, TIME, expired, Duration.ofSeconds(5), ended), SELF, true, sightings);
    }

    @Test
    void aLivingHolderElsewhere_isWaitedFor() {
        assertThat(decide(holder("other", "/data/node", 1, ""), false, false, 0))
                .isEqualTo(new LeaseDecision.Wait());
    }

    @Test
    void anExpiredLease_isTaken() {
        assertThat(decide(holder("other", "/data/node", 1, ""), true, false, 0))
                .isEqualTo(new LeaseDecision.Take(LeaseDecision.Writers.END));
    }

    @Test
    void theOwnDeadPredecessor_isFollowedAtOnce() {
        ProcessIdentity dead = holder(SELF.machine(), SELF.rootDir(), 4_000_000, "2026-01-01T00:00:00Z");
        assertThat(decide(dead, false, false, 0)).isEqualTo(new LeaseDecision.Take(LeaseDecision.Writers.END));
    }

    @Test
    void aProcessIdUsedAgain_isNotTakenForThePredecessor() {
        ProcessIdentity reused = holder(SELF.machine(), SELF.rootDir(), SELF.pid(), "1999-01-01T00:00:00Z");
        assertThat(decide(reused, false, false, 0)).isEqualTo(new LeaseDecision.Take(LeaseDecision.Writers.END));
    }

    @Test
    void aLivingProcessOnTheSameFolder_isWaitedFor() {
        ProcessIdentity living = holder(SELF.machine(), SELF.rootDir(), SELF.pid(), SELF.started());
        assertThat(decide(living, false, false, 0)).isEqualTo(new LeaseDecision.Wait());
    }

    @Test
    void aDeadProcessOnAnotherFolder_isWaitedFor() {
        ProcessIdentity other = holder(SELF.machine(), "/data/other", 4_000_000, "");
        assertThat(decide(other, false, false, 0)).isEqualTo(new LeaseDecision.Wait());
    }

    @Test
    void aHolderWhoseSessionEnded_isFollowedWhenSeenThreeTimes() {
        ProcessIdentity gone = holder("other", "/data/node", 1, "");
        assertThat(decide(gone, false, true, 2)).isEqualTo(new LeaseDecision.Wait());
        assertThat(decide(gone, false, true, 3)).isEqualTo(new LeaseDecision.Take(LeaseDecision.Writers.END));
    }

    @Test
    void aLeaseTakenByAnAnswerThatGotLost_isTakenAgain() {
        assertThat(decide(SELF, false, false, 0)).isEqualTo(new LeaseDecision.Take(LeaseDecision.Writers.END));
    }

    @Test
    void withoutLock_theLeaseIsTakenFromAnyone() {
        LeaseRow row = new LeaseRow(7, holder("other", "/x", 1, ""), TIME, false, Duration.ofSeconds(5), false);
        assertThat(LeaseDecision.decide(row, SELF, false, 0))
                .isEqualTo(new LeaseDecision.Take(LeaseDecision.Writers.AWAIT));
    }

    @Test
    void waitingIsSaid_atTheGoNodesTries() {
        assertThat(IntStream.range(0, 3001).filter(LeaseDecision::worthALine))
                .containsExactly(0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 2000, 3000);
    }
}
