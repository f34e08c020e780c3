package io.carabiner.guards;

import static org.assertj.core.api.Assertions.assertThat;

import io.carabiner.config.ConfigLoader;
import io.carabiner.guards.Refusal.Guard;
import io.carabiner.primitives.Address;
import java.math.BigInteger;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each guard says, without chain and database. */
class GuardRulesTest {

    private static final Address KEY = Address.fromHex("0x00000000000000000000000000000000000000aa");
    private static final String FRIEND = "0x5FbDB2315678afecb367f032d93F642f64180aa3";
    private static final String STRANGER = "0x2a3e23c6f242F5345320814aC8a1b4E58707D292";

    private static GuardRules rules(String toml) {
        return new GuardRules(ConfigLoader.effective("[Carabiner.Guards]\n" + toml)
                .carabiner()
                .guards());
    }

    private static Candidate candidate(String requester, String payment, long cost) {
        var request = new RequestFacts.Request(Address.fromHex(requester), new BigInteger(payment));
        return new Candidate(1, KEY, OptionalInt.of(7), Optional.of(request), BigInteger.valueOf(cost));
    }

    private static Optional<Guard> guard(Optional<Refusal> refusal) {
        return refusal.map(Refusal::guard);
    }

    @Test
    void withoutGuards_nothingIsRefused_andTheGateIsOff() {
        assertThat(ConfigLoader.effective("").carabiner().guards().off()).isTrue();
        assertThat(rules("").judge(candidate(STRANGER, "0", Long.MAX_VALUE))).isEmpty();
        assertThat(rules("").spend(candidate(STRANGER, "0", Long.MAX_VALUE), spender -> BigInteger.TEN.pow(30)))
                .isEmpty();
    }

    @Test
    void deniedRequester_isRefused_othersAreNot() {
        GuardRules rules = rules("DenyRequesters = ['" + STRANGER + "']");

        assertThat(guard(rules.judge(candidate(STRANGER, "0", 1)))).contains(Guard.REQUESTER);
        assertThat(rules.judge(candidate(FRIEND, "0", 1))).isEmpty();
    }

    @Test
    void allowedRequesters_areAnsweredAlone_butDenyingWins() {
        GuardRules rules = rules(
                "AllowRequesters = ['" + FRIEND + "', '" + STRANGER + "']\nDenyRequesters = ['" + STRANGER + "']");

        assertThat(rules.judge(candidate(FRIEND, "0", 1))).isEmpty();
        assertThat(guard(rules.judge(candidate(STRANGER, "0", 1)))).contains(Guard.REQUESTER);
        assertThat(guard(rules.judge(candidate(KEY.toString(), "0", 1)))).contains(Guard.REQUESTER);
    }

    @Test
    void transactionThatAnswersNoRequest_isNoBusinessOfRequesterAndProfit() {
        GuardRules rules = rules("AllowRequesters = ['" + FRIEND + "']\nProfitGate = 'native'");
        var ofCron = new Candidate(1, KEY, OptionalInt.of(7), Optional.empty(), BigInteger.TEN);

        assertThat(rules.judge(ofCron)).isEmpty();
    }

    /** One LINK is worth 0.004 of the coin; a tenth of it pays for 400,000 gas at one gwei. */
    @ParameterizedTest
    @CsvSource({
        "100000000000000000, 0,  400000000000000, true",
        "100000000000000000, 0,  400000000000001, false",
        "100000000000000000, 25, 320000000000000, true",
        "100000000000000000, 25, 320000000000001, false",
        "0,                  0,  1,               false"
    })
    void paymentInLink_mustPayForTheCostAndTheMargin(String juels, int margin, long cost, boolean passes) {
        GuardRules rules = rules("ProfitGate = 'link'\nLinkPrice = '4 milli'\nProfitMarginPercent = " + margin);

        assertThat(guard(rules.judge(candidate(FRIEND, juels, cost))))
                .isEqualTo(passes ? Optional.empty() : Optional.of(Guard.PROFIT));
    }

    @Test
    void paymentInTheCoin_isComparedAsItIs() {
        GuardRules rules = rules("ProfitGate = 'native'");

        assertThat(rules.judge(candidate(FRIEND, "500", 500))).isEmpty();
        assertThat(rules.judge(candidate(FRIEND, "499", 500)))
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).contains("499 wei", "500 wei"));
    }

    @Test
    void spending_mayReachTheLimitAndNotPassIt_forWhomeverItCounts() {
        Candidate candidate = candidate(FRIEND, "0", 40);
        for (String kind : new String[] {"Key", "Job", "Requester"}) {
            GuardRules rules = rules("SpendPer" + kind + "PerDay = 100");

            assertThat(rules.spend(candidate, spender -> BigInteger.valueOf(60)))
                    .isEmpty();
            assertThat(rules.spend(candidate, spender -> BigInteger.valueOf(61)))
                    .as(kind)
                    .hasValueSatisfying(refusal -> assertThat(refusal.reason())
                            .contains("Carabiner.Guards.SpendPer" + kind + "PerDay", "61 wei", "40 wei"));
        }
    }

    @Test
    void simulation_refusesWhatReverts_andWhatUsesTooMuch_butNotWhatNobodyCouldTry() {
        GuardRules rules = rules("Simulate = true\nGasCeiling = 50000");

        assertThat(rules.judge(new Simulation.Works(50_000))).isEmpty();
        assertThat(guard(rules.judge(new Simulation.Works(50_001)))).contains(Guard.GAS_CEILING);
        assertThat(guard(rules.judge(new Simulation.Reverts("no")))).contains(Guard.SIMULATION);
        assertThat(rules.judge(new Simulation.Unknown("429"))).isEmpty();
        assertThat(rules("Simulate = true").judge(new Simulation.Works(5_000_000)))
                .isEmpty();
    }
}
