package io.carabiner.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.jobs.JobSpecParser;
import io.carabiner.jobs.cron.CronSchedule;
import java.math.BigInteger;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Jobs of version 1 and what becomes of them. */
class ConversionTest {

    private static final BigInteger CHAIN = BigInteger.valueOf(1337);
    private static final JobSpecParser PARSER = JobSpecParser.withoutNode(
            List.of(new KeysOfType("cron"), new KeysOfType("webhook"), new KeysOfType("fluxmonitor")));

    private static final String RUNLOG =
            "{\"type\": \"runlog\", \"params\": {\"address\": \"0x51de85b0cd5b3684865ecfeedfbaf12777cd0ff8\"}}";

    private static Conversion convert(String json) {
        return Conversion.of(json, CHAIN);
    }

    private static Conversion job(String initiator, String tasks) {
        return convert("{\"id\": \"6d1bfe27e7034b6ea2b5a55b0aa310e5\", \"initiators\": [" + initiator
                + "], \"tasks\": [" + tasks + "]}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "runlog-uint256",
                "runlog-fixed",
                "runlog-bridge",
                "cron-call",
                "web-bridge",
                "external-post",
                "fluxmonitor"
            })
    void aJob_becomesTheSpecOfToday_thatTheNodeReads(String example) {
        Conversion conversion = convert(Golden.text(example + ".json"));

        assertThat(conversion.converted()).singleElement().satisfies(job -> {
            assertThat(job.toml()).isEqualTo(Golden.text(example + ".toml"));
            assertThat(PARSER.parse(job.toml()).header().pipeline()).isNotNull();
        });
        assertThat(conversion.notConverted()).allSatisfy(remark -> assertThat(
                        conversion.converted().getFirst().toml())
                .contains("# " + remark.path() + ": " + remark.reason()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "0 0 * * * * | CRON_TZ=UTC 0 0 * * * *",
                "CRON_TZ=Asia/Tokyo */5 * * * * | CRON_TZ=Asia/Tokyo 0 */5 * * * *",
                "TZ=UTC 1 2 3 4 5 * | CRON_TZ=UTC 1 2 3 4 5 *",
                "@every 1h30m | @every 1h30m",
                "@hourly | CRON_TZ=UTC @hourly"
            })
    void aSchedule_keepsItsMeaning_orSaysWhatIsAssumed(String before, String after) {
        Conversion conversion = job(
                "{\"type\": \"cron\", \"params\": {\"schedule\": \"" + before + "\"}}",
                "{\"type\": \"httpget\", \"params\": {\"get\": \"https://a.example\"}}");

        String toml = conversion.converted().getFirst().toml();
        assertThat(toml).contains("schedule = \"" + after + "\"");
        assertThat(PARSER.parse(toml).type()).isEqualTo("cron");
        assertThat(CronSchedule.parse(after)).isNotNull();
        boolean assumed = (!before.contains("TZ=") && !before.startsWith("@every")) || before.contains("*/5");
        assertThat(conversion.notConverted().isEmpty()).isNotEqualTo(assumed);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"type\": \"sleep\"} | $.tasks[0].type",
                "{\"type\": \"wasm\"} | $.tasks[0].type",
                "{\"type\": \"random\"} | $.tasks[0].type",
                "{\"type\": \"resultcollect\"} | $.tasks[0].type",
                "{\"type\": \"ethtxabiencode\"} | $.tasks[0].type",
                "{\"type\": \"nooppend\"} | $.tasks[0].type",
                "{\"type\": \"nooppendoutgoing\"} | $.tasks[0].type",
                "{\"type\": \"no such adapter!\"} | $.tasks[0].type",
                "{} | $.tasks[0].type",
                "7 | $.tasks[0].type",
                "{\"type\": \"jsonparse\"} | $.tasks[0]",
                "{\"type\": \"httppost\"} | $.tasks[0].params.body",
                "{\"type\": \"httpget\", \"params\": {\"extPath\": \"a\"}} | $.tasks[0].params",
                "{\"type\": \"httpget\", \"params\": {\"get\": \"$(x)\"}} | $.tasks[0].params.get",
                "{\"type\": \"httpget\", \"params\": {\"get\": \"<a>\"}} | $.tasks[0].params.get",
                "{\"type\": \"httpget\", \"params\": {\"get\": [1]}} | $.tasks[0].params.get",
                "{\"type\": \"ea\"}, {\"type\": \"multiply\", \"params\": {\"times\": \"x\"}} | $.tasks[1].params.times",
                "{\"type\": \"ea\"}, {\"type\": \"multiply\", \"params\": {\"times\": 1e999999999}} | $.tasks[1].params.times",
                "{\"type\": \"ea\"}, {\"type\": \"compare\", \"params\": {\"operator\": \"eq\", \"value\": \"1\"}}"
                        + " | $.tasks[1].params.operator",
                "{\"type\": \"ea\"}, {\"type\": \"ethtx\"} | $.tasks[1]",
                "{\"type\": \"ea\"}, {\"type\": \"ethuint256\"}, {\"type\": \"ethtx\", \"params\": {\"format\": \"bytes\"}}"
                        + " | $.tasks[2].params.format",
                "{\"type\": \"ea\"}, {\"type\": \"ethuint256\"}, {\"type\": \"ethtx\", \"params\":"
                        + " {\"address\": \"0x0000000000000000000000000000000000000001\"}} | $.tasks[2].params.address",
                "{\"type\": \"ea\"}, {\"type\": \"multiply\"}, {\"type\": \"copy\", \"params\": {\"copyPath\": [\"result\", \"x\"]}}"
                        + " | $.tasks[2].params.copyPath",
                "{\"type\": \"ea\", \"params\": \"text\"} | $.tasks[0].params",
                "{\"type\": \"ea\", \"params\": {\"a\": \"$(jobRun.logData)\"}} | $.tasks[0].params"
            })
    void aTaskWithoutCounterpart_refusesTheJob_andNamesItsPlace(String tasks, String path) {
        Conversion conversion = job(RUNLOG, tasks);

        assertThat(conversion.converted()).isEmpty();
        assertThat(conversion.notConverted())
                .anySatisfy(remark -> assertThat(remark.path()).isEqualTo(path));
    }

    /** The core adapters of version 1 (core/adapters/adapter.go before 1.0.0), each by itself. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "httpget", "params": {"get": "https://a.org/"}}                                    | type=http method=GET
            {"type": "httpgetwithunrestrictednetworkaccess", "params": {"get": "http://10.0.0.1/"}}     | allowUnrestrictedNetworkAccess=true
            {"type": "httppost", "params": {"post": "https://a.org/", "body": "{\\"a\\":1}"}}           | type=http method=POST
            {"type": "httppostwithunrestrictednetworkaccess", "params": {"post": "http://10.0.0.1/", "body": "{\\"a\\":1}"}} | allowUnrestrictedNetworkAccess=true
            {"type": "ea"}, {"type": "jsonparse", "params": {"path": ["a", "b"]}}                       | type=jsonparse
            {"type": "ea"}, {"type": "copy", "params": {"copyPath": ["a"]}}                             | type=jsonparse
            {"type": "ea"}, {"type": "multiply", "params": {"times": 3}}                                | type=multiply
            {"type": "ea"}, {"type": "quotient", "params": {"dividend": 3}}                             | type=divide
            {"type": "ea"}, {"type": "compare", "params": {"operator": "gt", "value": "1"}}             | type=lessthan
            {"type": "ea"}, {"type": "noop"}                                                            | type=bridge
            {"type": "ea"}, {"type": "ethuint256"}, {"type": "ethtx"}                                   | uint256
            {"type": "ea"}, {"type": "ethint256"}, {"type": "ethtx"}                                    | int256
            {"type": "ea"}, {"type": "ethbool"}, {"type": "ethtx"}                                      | bool
            {"type": "ea"}, {"type": "ethbytes32"}, {"type": "ethtx"}                                   | bytes32
            """)
    void everyCoreAdapterWithACounterpart_becomesATask(String tasks, String part) {
        Conversion conversion = job(RUNLOG, tasks);

        assertThat(conversion.converted()).singleElement().satisfies(one -> assertThat(
                        one.toml().replaceAll("[\\\\\"]", ""))
                .contains(part));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ethlog", "runat", "execagreement", "randomnesslog", "tomorrow", ""})
    void anInitiatorWithoutCounterpart_refusesTheJob(String type) {
        Conversion conversion = job("{\"type\": \"" + type + "\"}", "{\"type\": \"noop\"}");

        assertThat(conversion.converted()).isEmpty();
        assertThat(conversion.notConverted())
                .singleElement()
                .extracting(NotConverted::path)
                .isEqualTo("$.initiators[0].type");
    }

    @Test
    void aJobThatEnds_isRefused_becauseJobsOfTodayDoNotEnd() {
        Conversion conversion = convert("{\"endAt\": \"2021-01-01T00:00:00Z\", \"initiators\": [{\"type\": \"web\"}],"
                + " \"tasks\": [{\"type\": \"ea\"}]}");

        assertThat(conversion.converted()).isEmpty();
        assertThat(conversion.notConverted())
                .anySatisfy(remark -> assertThat(remark.path()).isEqualTo("$.endAt"));
    }

    @Test
    void aJobOfTwoInitiators_becomesTwoJobs_andOneFaultyJobLeavesTheOthers() {
        String two = "{\"name\": \"both\", \"id\": \"6d1bfe27e7034b6ea2b5a55b0aa310e5\", \"initiators\": [" + RUNLOG
                + ", {\"type\": \"web\"}], \"tasks\": [{\"type\": \"ea\"}]}";
        String bad = "{\"initiators\": [{\"type\": \"runat\"}], \"tasks\": [{\"type\": \"ea\"}]}";

        Conversion conversion = convert("[" + bad + "," + two + "]");

        assertThat(conversion.converted()).extracting(ConvertedJob::name).containsExactly("both", "both-2");
        assertThat(conversion.converted())
                .extracting(job -> PARSER.parse(job.toml()).type())
                .containsExactly("directrequest", "webhook");
        assertThat(conversion.converted().getLast().toml()).doesNotContain("externalJobID = ");
        assertThat(conversion.notConverted())
                .extracting(NotConverted::path)
                .contains("$[0].initiators[0].type", "$[1].initiators[1]");
    }

    @Test
    void aPrecisionThatTheTasksContradict_refusesTheFeed() {
        Conversion conversion = convert(Golden.text("fluxmonitor.json").replace("100000000", "100"));

        assertThat(conversion.converted()).isEmpty();
        assertThat(conversion.notConverted())
                .singleElement()
                .extracting(NotConverted::path)
                .isEqualTo("$.initiators[0].params.precision");
    }

    @Test
    void namesWithControlCharacters_cannotLeaveTheirPlaceInTheSpec() {
        Conversion conversion =
                convert("{\"name\": \"\\\\x41a\\n\\u0007\\\"'''\\ntype = 1\", \"initiators\": [{\"type\": \"web\"}],"
                        + " \"tasks\": [{\"type\": \"ea\"}]}");

        assertThat(PARSER.parse(conversion.converted().getFirst().toml())
                        .header()
                        .name())
                .contains("\\x41a\n\u0007\"'''\ntype = 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no json", "{\"initiators\": [", "[] []", "[]", "{}", "7", "{\"a\": 1, \"a\": 2}"})
    void whatIsNotAFileOfJobs_isRefused(String text) {
        assertThatThrownBy(() -> convert(text)).isInstanceOf(ConversionException.class);
    }

    @Test
    void tenMegabytes_andDeepNesting_areRefused() {
        assertThatThrownBy(() -> convert(" ".repeat(10 * 1024 * 1024)))
                .isInstanceOf(ConversionException.class)
                .hasMessageContaining("larger than 4194304 characters");
        assertThatThrownBy(() -> convert("[".repeat(100_000)))
                .isInstanceOf(ConversionException.class)
                .hasMessageContaining("nesting depth");
    }
}
