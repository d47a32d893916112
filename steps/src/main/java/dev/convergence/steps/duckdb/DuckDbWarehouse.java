package dev.convergence.steps.duckdb;

import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.step.Cancellation;
import dev.convergence.engine.warehouse.MetaRows;
import dev.convergence.engine.warehouse.Warehouse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// A warehouse of DuckDB files, one for each tenant, opened for each use and closed again, so that
/// several processes can take turns.
public final class DuckDbWarehouse implements Warehouse {

    private static final Duration WAIT_MAX = Duration.ofSeconds(60);

    /// Longer than any step of ours may take: a load that waits for another one is no failure.
    private static final Duration LOAD_WAIT_MAX = Duration.ofHours(2);

    private final Path directory;
    private final QueryRunner queries;
    private final TenantLocks locks = new TenantLocks(WAIT_MAX, LOAD_WAIT_MAX);
    private final FileLockRetry retry = new FileLockRetry(WAIT_MAX);
    private final FileLockRetry loadRetry = new FileLockRetry(LOAD_WAIT_MAX);

    public DuckDbWarehouse(Path directory, QueryRunner queries) {
        this.directory = directory;
        this.queries = queries;
    }

    @Override
    public Dataset create(TenantId tenant) {
        try (var _ = locks.write(tenant)) {
            boolean created = !exists(tenant);
            Files.createDirectories(directory);
            List<String> before = created ? List.of() : names(listed(tenant));
            changed(tenant, TenantFile.inMemory(), DuckDbWarehouse::createMetaTables);
            List<String> made = new ArrayList<>(names(listed(tenant)));
            made.removeAll(before);
            return new Dataset(created, made);
        } catch (SQLException failure) {
            throw unusable(tenant, failure);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void drop(TenantId tenant) {
        try (var _ = locks.write(tenant)) {
            Files.deleteIfExists(file(tenant));
            Files.deleteIfExists(directory.resolve(tenant + ".duckdb.wal"));
            deleteAll(checkpoints(directory).resolve(tenant.value()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// Where pages of vendors' reports lie between two attempts of a run, one folder for each
    /// tenant; they go with the data set.
    public static Path checkpoints(Path directory) {
        return directory.resolve("checkpoints");
    }

    private static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    @Override
    public boolean exists(TenantId tenant) {
        return Files.isRegularFile(file(tenant));
    }

    @Override
    public List<Table> tables(TenantId tenant) {
        try (var _ = locks.read(tenant)) {
            requireDataset(tenant);
            return listed(tenant);
        } catch (SQLException failure) {
            throw unusable(tenant, failure);
        }
    }

    @Override
    public List<String> tableNames(TenantId tenant) {
        try (var _ = locks.read(tenant)) {
            requireDataset(tenant);
            return retry.call(() -> TableList.namesOf(file(tenant)));
        } catch (SQLException failure) {
            throw unusable(tenant, failure);
        }
    }

    @Override
    public QueryResult query(TenantId tenant, String sql, int limit) {
        try (var _ = locks.read(tenant)) {
            requireDataset(tenant);
            return retry.call(() -> queries.run(file(tenant), sql, limit));
        }
    }

    @Override
    public void recordRuns(TenantId tenant, MetaRows rows) {
        try (var _ = locks.write(tenant)) {
            requireDataset(tenant);
            changed(tenant, TenantFile.inMemory(), session -> MetaTables.record(session, rows));
        } catch (SQLException failure) {
            throw unusable(tenant, failure);
        }
    }

    /// Changes a tenant's data set in one transaction of the caller's connection, in which the data
    /// set is called `tenant`. Everything is undone when the change throws. Other loads of the
    /// tenant are waited for until the run is cancelled or its time is up.
    public void change(
            TenantId tenant, Connection connection, Cancellation cancellation, Change change)
            throws SQLException {
        try (var _ = locks.load(tenant, cancellation)) {
            requireDataset(tenant);
            loadRetry
                    .call(() -> TenantFile.attach(connection, file(tenant)), cancellation)
                    .change(cancellation, change);
        }
    }

    @Override
    public Health health() {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            return new Health(false, "The warehouse's folder cannot be made.");
        }
        return Files.isWritable(directory)
                ? new Health(true, "DuckDB, one file for each tenant")
                : new Health(false, "The warehouse's folder cannot be written to.");
    }

    private void changed(TenantId tenant, Connection memory, Change change) throws SQLException {
        try (memory) {
            retry.call(() -> TenantFile.attach(memory, file(tenant)))
                    .change(Uncancelled.ALWAYS, change);
        }
    }

    private List<Table> listed(TenantId tenant) throws SQLException {
        return retry.call(() -> TableList.of(file(tenant)));
    }

    private static void createMetaTables(Session tenant) throws SQLException {
        for (MetaTables table : MetaTables.values()) {
            table.create(tenant);
        }
    }

    private static List<String> names(List<Table> tables) {
        return tables.stream().map(Table::name).toList();
    }

    private void requireDataset(TenantId tenant) {
        if (!exists(tenant)) {
            throw EngineException.notFound("The tenant has no data set.");
        }
    }

    private Path file(TenantId tenant) {
        return directory.resolve(tenant + ".duckdb");
    }

    private static EngineException unusable(TenantId tenant, SQLException failure) {
        return new EngineException(
                ErrorCode.SERVICE_UNAVAILABLE,
                "The data set of " + tenant + " cannot be used now.",
                failure);
    }

    /// Work inside the transaction on a tenant's data set.
    public interface Change {
        void on(Session session) throws SQLException;
    }
}
