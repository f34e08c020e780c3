package io.carabiner.txm;

import io.carabiner.database.Database;
import io.carabiner.primitives.Address;
import io.carabiner.primitives.ChainId;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/**
 * The tracked forwarder contracts of all chains. After a change tell the chain's manager:
 * {@link Txm#forwardersChanged}. Safe for use by many threads.
 */
public final class Forwarders {

    private static final String COLUMNS = "id, address, evm_chain_id, senders, created_at, updated_at";

    private final Database database;

    /** Those in a database. */
    public Forwarders(Database database) {
        this.database = database;
    }

    /** A part of the list, newest first. */
    public List<Forwarder> list(int offset, int limit) {
        return database.read(sql -> sql.createQuery("SELECT " + COLUMNS
                        + " FROM carabiner.evm_forwarders ORDER BY created_at DESC, id DESC"
                        + " OFFSET :offset LIMIT :limit")
                .bind("offset", offset)
                .bind("limit", limit)
                .map((row, context) -> forwarder(row))
                .list());
    }

    /** How many there are. */
    public long count() {
        return database.read(sql -> sql.createQuery("SELECT count(*) FROM carabiner.evm_forwarders")
                .mapTo(Long.class)
                .one());
    }

    /** Takes a contract into the list; empty if it is there already. */
    public Optional<Forwarder> track(ChainId chain, Address address) {
        return database.write(tx -> tx.sql()
                .createQuery("INSERT INTO carabiner.evm_forwarders (address, evm_chain_id) VALUES (:address, :chain)"
                        + " ON CONFLICT DO NOTHING RETURNING " + COLUMNS)
                .bind("address", address.toArray())
                .bind("chain", new BigDecimal(chain.value()))
                .map((row, context) -> forwarder(row))
                .findOne());
    }

    /** Takes one out of the list; false if there is none with this id. */
    public boolean delete(long id) {
        return database.write(tx -> tx.sql()
                        .createUpdate("DELETE FROM carabiner.evm_forwarders WHERE id = :id")
                        .bind("id", id)
                        .execute()
                > 0);
    }

    /** Those of a chain, the first tracked first. */
    List<Forwarder> of(ChainId chain) {
        return database.read(sql -> sql.createQuery(
                        "SELECT " + COLUMNS + " FROM carabiner.evm_forwarders WHERE evm_chain_id = :chain ORDER BY id")
                .bind("chain", new BigDecimal(chain.value()))
                .map((row, context) -> forwarder(row))
                .list());
    }

    /** Remembers whom one lets pass. */
    void learn(long id, List<Address> senders) {
        database.execute(tx -> {
            Handle sql = tx.sql();
            Update update = sql.createUpdate(
                    "UPDATE carabiner.evm_forwarders SET senders = :senders, updated_at = now() WHERE id = :id");
            SqlArrays.of(sql, update, senders)
                    .bytes("senders", Address::bytes)
                    .statement()
                    .bind("id", id)
                    .execute();
        });
    }

    private static Forwarder forwarder(ResultSet row) throws SQLException {
        return new Forwarder(
                row.getLong("id"),
                RowReader.address(row, "address"),
                new ChainId(row.getBigDecimal("evm_chain_id").toBigIntegerExact()),
                senders(row.getArray("senders")),
                RowReader.instant(row, "created_at"),
                RowReader.instant(row, "updated_at"));
    }

    private static List<Address> senders(Array column) throws SQLException {
        return Arrays.stream((byte[][]) column.getArray()).map(Address::of).toList();
    }
}
