package io.carabiner.bench;

import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The node's table of runs, read from beside the node. */
final class RunTable implements AutoCloseable {

    /**
     * What became of the ticks of jobs that are due each second. A run counts for the second in which it was stored:
     * one that is stored more than a second late shows as missed in one second and doubled in another.
     *
     * @param onTime jobs times seconds that have a run
     * @param doubled runs beyond the first of a job in a second
     * @param notCompleted runs in another state
     */
    record Ticks(long onTime, long doubled, long notCompleted, Sample storedMillis, Sample finishedMillis) {}

    private static final String RUNS = """
            SELECT job_id, date_trunc('second', created_at) AS due, state,
                extract(epoch FROM created_at - date_trunc('second', created_at)) * 1000 AS stored,
                extract(epoch FROM finished_at - date_trunc('second', created_at)) * 1000 AS finished,
                row_number() OVER (PARTITION BY job_id, date_trunc('second', created_at) ORDER BY id) AS place
            FROM carabiner.runs r WHERE created_at >= ? AND created_at < ?
                AND (SELECT type FROM carabiner.jobs j WHERE j.id = r.job_id) = 'cron'""";

    private final Connection connection;

    RunTable(String url) {
        try {
            URI uri = URI.create(url);
            String[] user = uri.getUserInfo().split(":", 2);
            this.connection = DriverManager.getConnection(
                    "jdbc:postgresql://" + uri.getHost() + ":" + uri.getPort() + uri.getPath(), user[0], user[1]);
        } catch (SQLException e) {
            throw new IllegalStateException("the node's database cannot be read", e);
        }
    }

    /** The ticks from a time to another, both whole seconds. */
    Ticks between(Instant from, Instant to) {
        long onTime = 0;
        long doubled = 0;
        long notCompleted = 0;
        List<Double> stored = new ArrayList<>();
        List<Double> finished = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(RUNS)) {
            query.setObject(1, from.atOffset(ZoneOffset.UTC));
            query.setObject(2, to.atOffset(ZoneOffset.UTC));
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    boolean first = rows.getLong("place") == 1;
                    onTime += first ? 1 : 0;
                    doubled += first ? 0 : 1;
                    stored.add(rows.getDouble("stored"));
                    if (rows.getString("state").equals("completed")) {
                        finished.add(rows.getDouble("finished"));
                    } else {
                        notCompleted++;
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the runs cannot be read", e);
        }
        return new Ticks(onTime, doubled, notCompleted, Sample.ofMillis(stored), Sample.ofMillis(finished));
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
