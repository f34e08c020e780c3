package io.carabiner.txm;

import io.carabiner.evm.FeeQuote;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.Bytes;
import io.carabiner.primitives.Hash32;
import io.carabiner.primitives.Wei;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Columns as values. */
final class RowReader {

    private RowReader() {}

    static Address address(ResultSet row, String column) throws SQLException {
        return Address.of(row.getBytes(column));
    }

    static Bytes bytes(ResultSet row, String column) throws SQLException {
        return Bytes.of(row.getBytes(column));
    }

    static Hash32 hash(ResultSet row, String column) throws SQLException {
        return Hash32.of(row.getBytes(column));
    }

    static Wei wei(ResultSet row, String column) throws SQLException {
        return new Wei(row.getBigDecimal(column).toBigIntegerExact());
    }

    static Optional<Wei> optionalWei(ResultSet row, String column) throws SQLException {
        @Nullable BigDecimal amount = row.getBigDecimal(column);
        return Optional.ofNullable(amount).map(value -> new Wei(value.toBigIntegerExact()));
    }

    static OptionalLong optionalLong(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    static OptionalInt optionalInt(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static Optional<String> optionalText(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getString(column));
    }

    static Optional<UUID> optionalUuid(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, UUID.class));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    /** From the columns of an attempt. */
    static FeeQuote fee(ResultSet row) throws SQLException {
        Optional<Wei> price = optionalWei(row, "gas_price");
        return price.isPresent()
                ? new FeeQuote.Legacy(price.get())
                : new FeeQuote.Dynamic(wei(row, "gas_fee_cap"), wei(row, "gas_tip_cap"));
    }

    /** From the columns of a transaction. */
    static Payload payload(ResultSet row) throws SQLException {
        return new Payload(
                address(row, "to_address"),
                bytes(row, "encoded_payload"),
                wei(row, "value"),
                row.getLong("gas_limit"),
                optionalText(row, "access_list").map(AccessListJson::read).orElse(List.of()));
    }

    /** From the columns of a transaction. */
    static Terms terms(ResultSet row) throws SQLException {
        return new Terms(
                row.getBoolean("signal_callback") && !row.getBoolean("callback_completed"),
                optionalInt(row, "min_confirmations"),
                instant(row, "created_at"));
    }

    /** From the columns of an attempt, under the names used when it is joined to its transaction. */
    static Attempt attempt(ResultSet row) throws SQLException {
        return new Attempt(
                new SignedAttempt(
                        hash(row, "hash"),
                        bytes(row, "signed_raw_tx"),
                        fee(row),
                        row.getLong("chain_specific_gas_limit"),
                        row.getBoolean("is_purge_attempt")),
                AttemptState.ofWord(row.getString("attempt_state")),
                optionalLong(row, "broadcast_before_block_num"));
    }
}
