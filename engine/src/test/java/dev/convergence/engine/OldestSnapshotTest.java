package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.recovery.OldestSnapshot;
import dev.convergence.engine.recovery.OldestSnapshot.Holder;
import dev.convergence.engine.recovery.OldestSnapshot.Kind;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whoever keeps vacuum from working is found and named.
class OldestSnapshotTest {

    private final Installation installation = new Installation();

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        installation.close();
    }

    @Test
    void nobody_holds_a_snapshot_when_nobody_works() {
        assertThat(find()).isEmpty();
    }

    @Test
    void a_reader_that_keeps_its_snapshot_is_named() {
        Holder holder =
                installation.database.inTransaction(reader -> {
                    reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
                    reader.execute("SET LOCAL application_name = 'a long report'");
                    reader.execute("SELECT count(*) FROM job");
                    write();
                    write();
                    return find().orElseThrow();
                });

        assertThat(holder.kind()).isEqualTo(Kind.SESSION);
        assertThat(holder.application()).isEqualTo("a long report");
        assertThat(holder.transactions()).isEqualTo(2);
        assertThat(holder.pid()).isPositive();
        assertThat(holder.since()).isNotNull();
    }

    @Test
    void a_transaction_that_wrote_and_was_forgotten_is_named() {
        Optional<Holder> holder =
                installation.database.inTransaction(writer -> {
                    writer.execute("INSERT INTO pool VALUES ('gpu', 1)");
                    return find();
                });

        assertThat(holder).map(Holder::kind).contains(Kind.SESSION);
    }

    @Test
    void the_same_snapshot_is_known_again_and_another_is_not() {
        Holder first = installation.database.inTransaction(this::heldBy);
        write();
        Holder again =
                installation.database.inTransaction(reader -> {
                    Holder seen = heldBy(reader);
                    write();
                    assertThat(find().orElseThrow()).matches(later -> later.isSameAs(seen));
                    return seen;
                });

        assertThat(again.isSameAs(first)).isFalse();
    }

    @Test
    void dead_rows_are_told_for_each_table() {
        assertThat(OldestSnapshot.deadRows(installation.database))
                .containsKeys("ready", "lease", "lane")
                .doesNotContainKey("job_default");
    }

    private Holder heldBy(Handle reader) {
        reader.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
        reader.execute("SELECT count(*) FROM job");
        return find().orElseThrow();
    }

    /// On a connection of its own: a thread has one at a time.
    private Optional<Holder> find() {
        return CompletableFuture.supplyAsync(() -> OldestSnapshot.find(installation.database))
                .join();
    }

    private void write() {
        CompletableFuture.runAsync(() ->
                        installation.database.transact(handle ->
                                handle.execute(
                                        "INSERT INTO duty VALUES (gen_random_uuid(), now())")))
                .join();
    }
}
