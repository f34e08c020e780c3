package io.carabiner.txm;

import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Wei;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/**
 * Binds one column of many rows as an array for {@code unnest}, so that a statement's text and number of parameters do
 * not depend on the number of rows.
 */
final class SqlArrays<S extends SqlStatement<S>, R> {

    private final Handle sql;
    private final S statement;
    private final List<R> rows;

    private SqlArrays(Handle sql, S statement, List<R> rows) {
        this.sql = sql;
        this.statement = statement;
        this.rows = rows;
    }

    static <S extends SqlStatement<S>, R> SqlArrays<S, R> of(Handle sql, S statement, List<R> rows) {
        return new SqlArrays<>(sql, statement, rows);
    }

    SqlArrays<S, R> longs(String name, Function<R, @Nullable Long> column) {
        return bind(name, "bigint", column);
    }

    SqlArrays<S, R> ints(String name, Function<R, @Nullable Integer> column) {
        return bind(name, "integer", column);
    }

    SqlArrays<S, R> booleans(String name, Function<R, @Nullable Boolean> column) {
        return bind(name, "boolean", column);
    }

    SqlArrays<S, R> texts(String name, Function<R, @Nullable String> column) {
        return bind(name, "text", column);
    }

    SqlArrays<S, R> uuids(String name, Function<R, java.util.@Nullable UUID> column) {
        return bind(name, "uuid", column);
    }

    SqlArrays<S, R> bytes(String name, Function<R, Bytes> column) {
        byte[][] values = new byte[rows.size()][];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i)).toArray();
        }
        return bind(name, "bytea", values);
    }

    SqlArrays<S, R> wei(String name, Function<R, @Nullable Wei> column) {
        return bind(name, "numeric", row -> {
            Wei amount = column.apply(row);
            return amount == null ? null : new BigDecimal(amount.amount());
        });
    }

    /** The statement with all columns bound. */
    S statement() {
        return statement;
    }

    private SqlArrays<S, R> bind(String name, String type, Function<R, ? extends @Nullable Object> column) {
        Object[] values = new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return bind(name, type, values);
    }

    private SqlArrays<S, R> bind(String name, String type, @Nullable Object[] values) {
        statement.bindBySqlType(name, array(type, values), Types.ARRAY);
        return this;
    }

    private Array array(String type, @Nullable Object[] values) {
        try {
            return sql.getConnection().createArrayOf(type, values);
        } catch (SQLException e) {
            throw new TxmException("TXM_SQL", "The database connection failed while rows were being written.", e);
        }
    }
}
