package io.carabiner.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.carabiner.database.Database;
import io.carabiner.database.DatabaseSettings;
import io.carabiner.primitives.Juels;
import io.carabiner.primitives.TimeSource;
import io.carabiner.testkit.TestDatabase;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BridgeStoreTest {

    private static final URI URL = URI.create("http://adapter.test/?x=1");

    private static TestDatabase server;
    private static Database database;

    @BeforeAll
    static void open(@TempDir Path folder) throws InterruptedException {
        server = TestDatabase.create();
        database = Database.open(DatabaseSettings.of(server.url(), folder), TimeSource.system(), reason -> {});
    }

    @AfterAll
    static void close() {
        database.close();
        server.close();
    }

    @Test
    void aBridge_isStoredOnce_foundInAnyCase_changedAndRemoved() {
        BridgeStore store = new BridgeStore(database);
        assertThat(store.bridge("price")).isEmpty();
        BridgeStore.NewBridge created = store.create("Price", URL, 3, Optional.of(new Juels(BigInteger.TEN)))
                .orElseThrow();
        assertThat(created.bridge().name()).isEqualTo("price");
        assertThat(created.incomingToken()).hasSize(32);
        assertThat(created.bridge().outgoingToken()).hasSize(32).isNotEqualTo(created.incomingToken());
        assertThat(created.toString()).doesNotContain(created.incomingToken());
        assertThat(store.create("PRICE", URL, 0, Optional.empty())).isEmpty();
        assertThat(store.bridge("pRICE")).contains(created.bridge());

        Bridge changed = store.update("Price", URI.create("http://other.test"), 0, Optional.empty())
                .orElseThrow();
        assertThat(changed.minimumContractPayment()).isEmpty();
        assertThat(changed.outgoingToken()).isEqualTo(created.bridge().outgoingToken());
        assertThat(store.bridge("price")).contains(changed);
        assertThat(store.update("price", URL, 0, Optional.of(Juels.ZERO))
                        .orElseThrow()
                        .minimumContractPayment())
                .as("a minimum of nothing is not the same as none")
                .contains(Juels.ZERO);
        changed = store.update("price", URI.create("http://other.test"), 0, Optional.empty())
                .orElseThrow();
        assertThat(store.list(0, 10)).containsExactly(changed);
        assertThat(store.count()).isEqualTo(1);

        assertThat(store.delete("PRICE")).isTrue();
        assertThat(store.delete("price")).isFalse();
        assertThat(store.bridge("price")).isEmpty();
        assertThat(store.update("price", URL, 0, Optional.empty())).isEmpty();
    }

    @Test
    void aName_hasLettersDigitsUnderscoresAndHyphensOnly() {
        assertThat(BridgeStore.nameFault("bad name!"))
                .contains("task type validation: name bad name! contains invalid characters");
        assertThat(BridgeStore.nameFault("")).contains("No name specified");
        assertThat(BridgeStore.nameFault("Price-2_b")).isEmpty();
        assertThatThrownBy(() -> new BridgeStore(database).create("a b", URL, 0, Optional.empty()))
                .hasMessageContaining("invalid characters");
    }
}
