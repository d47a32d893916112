package dev.convergence.engine.run;

import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// What a [RunFilter] asks of rows, but for their state. Conditions are constants; what the caller
/// gave is bound.
final class RunConditions {

    private static final String ON_DAY =
            " AND %1$sslot_at >= :day::date::timestamp AT TIME ZONE 'UTC'"
                    + " AND %1$sslot_at < (:day::date + 1)::timestamp AT TIME ZONE 'UTC'";

    // Nothing is decided ahead: what was due on a day was made on it or later.
    private static final String SINCE_DAY =
            " AND %1$sjob_id >= convergence.id_floor(:day::date::timestamp AT TIME ZONE 'UTC')";

    private RunConditions() {}

    /// @param row the name of the row and a dot, or nothing
    static String of(RunFilter filter, String row) {
        String and = " AND " + row;
        return (filter.tenant() == null ? "" : and + "tenant_id = :tenant")
                + ofPipeline(filter, row)
                + (filter.config() == null ? "" : and + "config_id = :config")
                + (filter.retryOf() == null ? "" : and + "retry_of = :retryOf")
                + (filter.before() == null ? "" : and + "job_id < :before")
                + (filter.scheduledOnly() ? and + "slot_at IS NOT NULL" : "")
                + (filter.scheduledOn() == null ? "" : (ON_DAY + SINCE_DAY).formatted(row));
    }

    // As it is written it is compared sooner than without regard to case, and what no pipeline of
    // the tenant is called need not be looked for among all its runs.
    private static String ofPipeline(RunFilter filter, String row) {
        if (filter.pipelineId() == null) {
            return "";
        }
        if (filter.tenant() == null) {
            return " AND lower(" + row + "pipeline_id) = lower(:pipelineId)";
        }
        return filter.writtenId() == null ? " AND false" : " AND " + row + "pipeline_id = :written";
    }

    static Query bind(Query query, RunFilter filter) {
        bind(query, "tenant", filter.tenant() == null ? null : filter.tenant().value());
        bind(query, "pipelineId", filter.pipelineId());
        if (filter.tenant() != null && filter.pipelineId() != null) {
            bind(query, "written", filter.writtenId());
        }
        bind(query, "config", filter.config() == null ? null : filter.config().value());
        bind(query, "retryOf", filter.retryOf() == null ? null : filter.retryOf().value());
        bind(query, "before", filter.before() == null ? null : filter.before().value());
        bind(query, "day", filter.scheduledOn());
        return query;
    }

    private static void bind(Query query, String name, @Nullable Object value) {
        if (value != null) {
            query.bind(name, value);
        }
    }
}
