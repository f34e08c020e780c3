package io.carabiner.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.carabiner.config.AuditLoggerConfig;
import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

class AuditTrailTest {

    private TestDatabase postgres;
    private Database database;
    private AuditTrail trail;

    @BeforeEach
    void open(@TempDir Path folder) throws InterruptedException {
        postgres = TestDatabase.create();
        database = Database.open(DatabaseSettings.of(postgres.url(), folder), TimeSource.system(), reason -> {});
        trail = new AuditTrail(database, TimeSource.system(), Optional.empty());
    }

    @AfterEach
    void close() {
        database.close();
        postgres.close();
    }

    private void record(int count) {
        for (int i = 1; i <= count; i++) {
            trail.record(new AuditEvent("JOB_DELETED", "ann@example.test", "10.0.0.7", Map.of("id", i)));
        }
    }

    private void sql(String statement) {
        database.execute(transaction -> transaction.sql().execute(statement));
    }

    @Test
    void entries_areKeptInOneUnbrokenChain() {
        record(3);

        List<AuditEntry> newest = trail.newest(0, 2);

        assertThat(newest).extracting(AuditEntry::sequence).containsExactly(3L, 2L);
        assertThat(newest.getFirst().previous()).isEqualTo(newest.getLast().hash());
        assertThat(newest.getFirst().data()).isEqualTo("{\"id\":3}");
        assertThat(trail.verify(Optional.empty()))
                .isEqualTo(new AuditVerdict.Intact(3, newest.getFirst().hash()));
        assertThat(trail.count()).isEqualTo(3);
    }

    @Test
    void emptyLog_isWhole() {
        assertThat(trail.verify(Optional.empty())).isEqualTo(new AuditVerdict.Intact(0, Hash32.ZERO));
    }

    @Test
    void longLog_isReadInPages() {
        record(1_001);

        assertThat(trail.verify(Optional.empty()))
                .isInstanceOfSatisfying(AuditVerdict.Intact.class, whole -> assertThat(whole.entries())
                        .isEqualTo(1_001));
    }

    @Test
    void changedEntry_isFound_whateverWasChanged() {
        for (String change : List.of(
                "actor = 'bob@example.test'",
                "data = '{\"id\":9}'",
                "event_id = 'JOB_CREATED'",
                "origin = '10.0.0.8'",
                "at = at + interval '1 microsecond'")) {
            sql("TRUNCATE carabiner.audit_entries");
            record(4);
            sql("UPDATE carabiner.audit_entries SET " + change + " WHERE sequence = 2");

            assertThat(trail.verify(Optional.empty()))
                    .as(change)
                    .isEqualTo(new AuditVerdict.Broken(2, "its content is not what was stored"));
        }
    }

    @Test
    void entryTakenOut_isFound() {
        record(4);
        sql("DELETE FROM carabiner.audit_entries WHERE sequence = 3");

        assertThat(trail.verify(Optional.empty()))
                .isEqualTo(new AuditVerdict.Broken(3, "entry 3 is missing: 4 comes instead"));
    }

    @Test
    void entryReplacedByOneWithARightHashOfItsOwn_breaksTheNext() {
        record(3);
        AuditEntry second = trail.newest(1, 1).getFirst();
        AuditEntry forged =
                AuditChain.next(2, second.at(), new AuditEvent("X", "", "", Map.of()), "{}", second.previous());
        sql("DELETE FROM carabiner.audit_entries WHERE sequence = 2");
        database.execute(transaction -> AuditStore.insert(transaction.sql(), forged));

        assertThat(trail.verify(Optional.empty()))
                .isEqualTo(new AuditVerdict.Broken(3, "it does not carry the hash of the entry before"));
    }

    @Test
    void entriesCutOffAtTheEnd_showToWhoKnowsAnEarlierHead() {
        record(3);
        Hash32 head = trail.newest(0, 1).getFirst().hash();
        assertThat(trail.verify(Optional.of(head))).isEqualTo(new AuditVerdict.Intact(3, head));

        sql("DELETE FROM carabiner.audit_entries WHERE sequence = 3");

        assertThat(trail.verify(Optional.empty())).isInstanceOf(AuditVerdict.Intact.class);
        assertThat(trail.verify(Optional.of(head)))
                .isEqualTo(new AuditVerdict.Broken(3, "the entry with the hash " + head + " is not there any more"));
    }

    @Test
    void hugeDetails_areToldByTheirLength() {
        trail.record(new AuditEvent("JOB_CREATED", "", "", Map.of("toml", "x".repeat(100_000))));

        assertThat(trail.newest(0, 1).getFirst().data())
                .isEqualTo("{\"left out\":\"100011 characters, more than 65536\"}");
    }

    @Test
    void events_arePostedInTheGoNodesForm() throws Exception {
        LinkedBlockingQueue<String> posted = new LinkedBlockingQueue<>();
        HttpServer receiver = receiver(posted);
        AuditLoggerConfig config = new AuditLoggerConfig(
                true,
                Optional.of(
                        URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/audit")),
                Optional.of("event"),
                Optional.of(List.of("Authorization: token")));
        try (AuditTrail forwarding = new AuditTrail(database, TimeSource.system(), AuditForwarder.of(config))) {
            forwarding.record(new AuditEvent("BRIDGE_CREATED", "ann@example.test", "::1", Map.of("bridgeName", "b")));

            String header = posted.poll(20, TimeUnit.SECONDS);
            JsonNode event = new ObjectMapper()
                    .readTree(posted.poll(20, TimeUnit.SECONDS))
                    .path("event");

            assertThat(header).isEqualTo("token");
            assertThat(event.propertyNames()).containsExactly("eventID", "hostname", "localIP", "env", "data");
            assertThat(event.path("eventID").asString()).isEqualTo("BRIDGE_CREATED");
            assertThat(event.path("env").asString()).isEqualTo("production");
            assertThat(event.at("/data/bridgeName").asString()).isEqualTo("b");
        } finally {
            receiver.stop(0);
        }
    }

    private static HttpServer receiver(LinkedBlockingQueue<String> posted) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/audit", exchange -> {
            posted.add(exchange.getRequestHeaders().getFirst("Authorization"));
            posted.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    @Test
    void forwardingThatIsSwitchedOff_isNotThere() {
        assertThat(AuditForwarder.of(new AuditLoggerConfig(
                        false, Optional.of(URI.create("http://127.0.0.1:1/")), Optional.empty(), Optional.empty())))
                .isEmpty();
    }
}
