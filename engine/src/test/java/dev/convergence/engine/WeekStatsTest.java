package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.job.LongCounts;
import dev.convergence.engine.run.QueueReport;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.sql.Migrations;
import dev.convergence.testkit.TestPostgres;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// The statistics of a week are the rows of their view, however they are found.
class WeekStatsTest {

    private final Database database =
            new Database(
                    TestPostgres.dataSource(
                            MigratedDatabase.url() + "&currentSchema=" + Migrations.SCHEMA));

    // Two providers have a template of one name; the last of each kind still waits, and one is
    // older than a week.
    private static final String JOBS =
            """
            INSERT INTO job (job_id, tenant_id, job_type, priority, pipeline_id, params)
            SELECT convergence.id_floor(now() - make_interval(hours => i, secs => n)), tenant, 'pipeline', 5,
                   lower(tenant || '-' || provider || '-cost-' || template),
                   jsonb_build_object('template_name', template)
            FROM (VALUES (1, 'acme', 'aws', 'cost_analysis'), (2, 'acme', 'azure', 'cost_analysis'),
                         (3, 'acme', 'gcp', 'Billing'), (4, 'globex', 'gcp', 'billing'))
                 AS kinds (n, tenant, provider, template),
                 (VALUES (1), (2), (3), (4), (5), (200)) AS times (i)
            """;

    private static final String RUNS =
            """
            INSERT INTO run (job_id, tenant_id, state, started_at, finished_at)
            SELECT job_id, tenant_id, (ARRAY['COMPLETED', 'FAILED', 'SKIPPED', 'COMPLETED'])[1 + i % 4],
                   now() - interval '30 minutes', now() - interval '30 minutes' + i * interval '1.234567 seconds'
            FROM (SELECT job_id, tenant_id, row_number() OVER (ORDER BY job_id) AS i FROM job) AS numbered
            WHERE job_id < convergence.id_floor(now() - interval '90 minutes')
            """;

    private static final String VIEW =
            """
            SELECT * FROM tenants.pipeline_execution_stats_7d ORDER BY tenant_id, pipeline_template
            """;

    @Test
    void the_rows_are_those_of_the_view() {
        List<Map<String, Object>> view =
                database.inTransaction(handle -> {
                    handle.execute(JOBS);
                    handle.execute(RUNS);
                    return handle.createQuery(VIEW).mapToMap().list();
                });

        assertThat(view).hasSize(3);
        assertThat(plain(rows(50))).isEqualTo(plain(view));
        assertThat(plain(rows(2))).isEqualTo(plain(view.subList(0, 2)));
    }

    private List<Map<String, Object>> rows(int limit) {
        OffsetDateTime now =
                database.read(handle ->
                        handle.createQuery("SELECT now()").mapTo(OffsetDateTime.class).one());
        return new QueueReport(database, new LongCounts())
                .view("pipeline_execution_stats_7d", limit, now.toInstant());
    }

    /// Decimals as they are shown, however many zeros they were worked out with.
    private static List<Map<String, Object>> plain(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, Object> plain = new TreeMap<>(row);
                    plain.replaceAll((_, value) ->
                            value instanceof BigDecimal number
                                    ? number.setScale(6, RoundingMode.HALF_UP)
                                    : value);
                    return plain;
                })
                .toList();
    }
}
