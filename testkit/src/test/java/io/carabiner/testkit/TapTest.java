package io.carabiner.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The taps, between a real client and a real server. */
class TapTest {

    private static final int WAIT_SECONDS = 10;

    @Test
    void aCommit_isSeenBeforeAndAfter_withItsStatements() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                PostgresTap tap = PostgresTap.inFrontOf(database.port())) {
            List<String> seen = new ArrayList<>();
            tap.beforeCommit(statements -> {
                seen.add("before " + statements);
                return TapVerdict.FORWARD;
            });
            tap.afterCommit(statements -> {
                seen.add("after " + statements);
                return TapVerdict.FORWARD;
            });
            insertThrough(tap, database);
            assertThat(seen).containsExactly("before [insert into t values (1)]", "after [insert into t values (1)]");
            assertThat(database.query("select count(*) from t")).isEqualTo("1");
        }
    }

    @Test
    void aCommitThatIsCutBefore_isNotMade_andOneCutAfterIs() throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                PostgresTap tap = PostgresTap.inFrontOf(database.port())) {
            database.execute("create table t (n int)");
            tap.beforeCommit(statements -> TapVerdict.CUT);
            assertThatThrownBy(() -> insertThrough(tap, database)).isInstanceOf(SQLException.class);
            assertThat(database.query("select count(*) from t")).isEqualTo("0");

            tap.beforeCommit(statements -> TapVerdict.FORWARD);
            tap.afterCommit(statements -> TapVerdict.CUT);
            assertThatThrownBy(() -> insertThrough(tap, database)).isInstanceOf(SQLException.class);
            assertThat(database.query("select count(*) from t")).isEqualTo("1");
        }
    }

    private static void insertThrough(PostgresTap tap, TestDatabase database) throws SQLException {
        database.execute("create table if not exists t (n int)");
        String url = database.jdbcUrl().replace(":" + database.port() + "/", ":" + tap.port() + "/");
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.executeUpdate("insert into t values (1)");
            connection.commit();
        }
    }

    @Test
    void requestsAndAnswers_areSeen_overHttpAndWebSocket() throws Exception {
        try (TestChain chain = TestChain.start();
                RpcTap tap = RpcTap.inFrontOf(chain.httpUrl().getPort())) {
            List<String> seen = new ArrayList<>();
            tap.beforeRequest(request -> {
                seen.add(request.path("method").stringValue());
                return TapVerdict.FORWARD;
            });
            tap.beforeAnswer((request, answer) -> {
                seen.add(request.path("method").stringValue() + " = "
                        + answer.path("result").stringValue());
                return TapVerdict.FORWARD;
            });
            post(tap.httpUrl(), "[" + request(1, "eth_chainId") + "," + request(2, "net_version") + "]");
            assertThat(seen)
                    .startsWith("eth_chainId", "net_version")
                    .contains("eth_chainId = 0x"
                            + Long.toHexString(chain.chainId().value().longValueExact()));

            BlockingQueue<String> notified = new LinkedBlockingQueue<>();
            tap.onNotification(
                    notification -> notified.add(notification.path("method").stringValue()));
            try (HttpClient client = HttpClient.newHttpClient()) {
                WebSocket socket = client.newWebSocketBuilder()
                        .buildAsync(tap.wsUrl(), new WebSocket.Listener() {
                            @Override
                            public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
                                from.request(1);
                                if (text.toString().contains("\"id\":3")) {
                                    chain.mine(1);
                                }
                                return java.util.concurrent.CompletableFuture.completedStage(null);
                            }
                        })
                        .join();
                socket.sendText(
                                "{\"jsonrpc\":\"2.0\",\"id\":3,\"method\":\"eth_subscribe\",\"params\":[\"newHeads\"]}",
                                true)
                        .join();
                assertThat(notified.poll(WAIT_SECONDS, TimeUnit.SECONDS)).isEqualTo("eth_subscription");
                socket.abort();
            }
        }
    }

    @Test
    void aRequestThatIsCut_neverReachesTheEndpoint() {
        try (TestChain chain = TestChain.start();
                RpcTap tap = RpcTap.inFrontOf(chain.httpUrl().getPort())) {
            tap.beforeRequest(request -> TapVerdict.CUT);
            long before = chain.blockNumber();
            assertThatThrownBy(() -> post(tap.httpUrl(), request(1, "evm_mine")))
                    .isInstanceOf(IOException.class);
            assertThat(chain.blockNumber()).isEqualTo(before);
        }
    }

    private static String request(int id, String method) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":[]}";
    }

    private static String post(URI url, String body) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(url)
                                    .version(HttpClient.Version.HTTP_1_1)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
