package io.carabiner.bench;

import io.carabiner.primitives.Address;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Asks chain and rows at the end: 0 requests lost, 0 answered twice, 0 transactions in vain, 0 gaps in the nonces. */
final class Audit {

    private static final Duration DRAIN_MAX = Duration.ofMinutes(5);
    private static final int ALL_BLOCKS = 0;
    private static final int LOST_SHOWN_MAX = 10;

    private final World world;
    private final ChainLog log;

    private Audit(World world) {
        this.world = world;
        this.log = new ChainLog(world.anvil(), world.contracts().deployment().operator());
    }

    static Audit of(World world) {
        return new Audit(world);
    }

    /** How many requests have been answered so far. */
    int answered() {
        return log.answers(ALL_BLOCKS).size();
    }

    /** Waits, within bounds, until all is answered; prints what it finds and says whether all is well. */
    boolean afterDrain() throws InterruptedException, SQLException {
        long deadline = System.nanoTime() + DRAIN_MAX.toNanos();
        while (answered() < log.requests(ALL_BLOCKS).size() && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return judge();
    }

    private boolean judge() throws SQLException {
        Map<String, Integer> answers = log.answers(ALL_BLOCKS);
        Set<String> lost = new HashSet<>(log.requests(ALL_BLOCKS).keySet());
        int requests = lost.size();
        lost.removeAll(answers.keySet());
        long doubled = answers.values().stream().filter(count -> count > 1).count();
        long reverted;
        int gaps = 0;
        try (Connection database = connect(world);
                Statement statement = database.createStatement()) {
            reverted = number(statement, "SELECT count(*) FROM carabiner.tx_receipts WHERE NOT successful");
            for (Address key : world.nodeKeys()) {
                gaps += gapless(statement, key) ? 0 : 1;
            }
        }
        System.out.println("%d requests: %d lost, %d answered twice, %d sent in vain, %d keys with a gap"
                .formatted(requests, lost.size(), doubled, reverted, gaps));
        lost.stream().limit(LOST_SHOWN_MAX).forEach(id -> System.out.println("lost: " + id));
        return lost.isEmpty() && doubled == 0 && reverted == 0 && gaps == 0 && requests > 0;
    }

    /** Whether the rows have all nonces up to the last, as many as the chain has mined; old rows may be gone. */
    private boolean gapless(Statement statement, Address key) throws SQLException {
        String rows = " FROM carabiner.txes WHERE nonce IS NOT NULL AND encode(from_address, 'hex') = '"
                + key.bytes().toBareHex() + "'";
        long count = number(statement, "SELECT count(DISTINCT nonce)" + rows);
        long begin = number(statement, "SELECT coalesce(min(nonce), 0)" + rows);
        long end = number(statement, "SELECT coalesce(max(nonce) + 1, 0)" + rows);
        long mined = Long.decode(world.anvil()
                .call("eth_getTransactionCount", key.toString(), "latest")
                .asString());
        boolean gapless = count == end - begin && mined == end;
        if (!gapless) {
            System.out.println(
                    key + ": " + count + " nonces from " + begin + " to below " + end + ", " + mined + " on chain");
        }
        return gapless;
    }

    /** A connection to the node's database. */
    static Connection connect(World world) throws SQLException {
        return DriverManager.getConnection(jdbc(world.databaseUrl()));
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The node's kind of URL as the driver wants it. */
    private static String jdbc(String url) {
        URI uri = URI.create(url);
        String[] login = uri.getUserInfo().split(":", -1);
        String query = uri.getQuery() == null ? "" : "&" + uri.getQuery();
        return "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath() + "?user=" + login[0]
                + (login.length > 1 ? "&password=" + login[1] : "") + query;
    }
}
