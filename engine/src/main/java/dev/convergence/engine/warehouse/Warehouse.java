package dev.convergence.engine.warehouse;

import dev.convergence.engine.id.TenantId;
import java.util.List;

/// Each tenant's own data set: created with the tenant, deleted with it, read by nobody else.
public interface Warehouse {

    /// Creates the data set with its `x_meta_*` tables where it is not there yet.
    Dataset create(TenantId tenant);

    /// Deletes the data set and all that is in it; nothing happens when there is none.
    void drop(TenantId tenant);

    boolean exists(TenantId tenant);

    /// The tables and views of the data set, by name.
    List<Table> tables(TenantId tenant);

    /// The same without counting their rows.
    default List<String> tableNames(TenantId tenant) {
        return tables(tenant).stream().map(Table::name).toList();
    }

    /// Answers one read-only SELECT on the tenant's own data set.
    ///
    /// @param limit the most rows that are answered, 1 to 10,000
    /// @throws dev.convergence.engine.error.EngineException INVALID_QUERY for any other statement,
    ///   for files, network, settings or another tenant's data; QUERY_TIMEOUT past time or memory
    QueryResult query(TenantId tenant, String sql, int limit);

    /// Copies finished runs, their steps and quality results into the data set's `x_meta_*` tables;
    /// the same rows twice leave one.
    void recordRuns(TenantId tenant, MetaRows rows);

    /// Whether the warehouse can be used now; a sentence when it can't.
    Health health();

    /// @param created false when the data set was there before
    /// @param tables the tables that this call created
    record Dataset(boolean created, List<String> tables) {}

    record Table(String name, String kind, long rows, List<Column> columns) {}

    record Column(String name, String type) {}

    /// @param rows values as JSON can hold them: text, whole numbers, BigDecimal, boolean, null,
    ///   lists, maps; times as RFC 3339 text
    record QueryResult(
            List<Column> columns,
            List<List<@org.jspecify.annotations.Nullable Object>> rows,
            boolean truncated,
            long elapsedMillis) {}

    record Health(boolean usable, String detail) {}
}
