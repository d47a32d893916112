package dev.convergence.engine.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.JobBook;
import dev.convergence.engine.job.JobFilter;
import dev.convergence.engine.job.JobView;
import dev.convergence.engine.job.LongCounts;
import dev.convergence.engine.run.RunFilter;
import dev.convergence.engine.run.RunView;
import dev.convergence.engine.run.Runs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// A page of a long list looks at about as many rows as it shows, and is complete.
class LongListTest {

    private static final int TICKETS = 60_000;
    private static final int LOOKED_THROUGH = 500;
    private static final int PAGE = 51;
    private static final Instant LATER = FullDatabase.NOW.plus(Duration.ofMinutes(5));
    private static final TenantId BUSY = new TenantId("busy");
    private static final TenantId STUCK = new TenantId("stuck");
    private static final TenantId FAILING_TENANT = new TenantId("failing");
    private static final FullDatabase FULL = new FullDatabase();

    private final LongCounts counts = new LongCounts();
    private final JobBook book = new JobBook(FULL.database, counts);
    private final Runs runs = new Runs(FULL.database, counts);

    @BeforeAll
    static void fill() {
        FULL.fill(0, TICKETS, 100);
        FULL.database.transact(handle -> {
            handle.execute(PIPELINES);
            handle.execute(ENDS);
            handle.execute(WAITING);
            handle.execute(FAILING);
            handle.execute(FAILURES);
            handle.execute(OLD_WAITING);
            handle.execute(TENANTS);
        });
        FULL.analyze();
    }

    // The first two of `busy` wait while 600 ended behind them; the first two of `stuck` ended, and
    // 600 wait.
    private static final String PIPELINES =
            """
            INSERT INTO job (job_id, tenant_id, job_type, priority, position, pipeline_id, slot_at, trigger_type)
            SELECT ('019f' || lpad(to_hex(i), 4, '0') || '-0000-7000-8000-00000000000' || t)::uuid, tenant,
                   'pipeline', 5, 10000000 + 2 * i + t, tenant || '-system-diagnostics-probe',
                   CASE i % 2 WHEN 0 THEN timestamptz '2026-11-22 11:00:00Z' END, 'api'
            FROM generate_series(0, 601) AS i, (VALUES (2, 'busy'), (4, 'stuck')) AS x (t, tenant)
            """;

    private static final String ENDS =
            """
            INSERT INTO run (job_id, tenant_id, state, started_at, finished_at)
            SELECT job_id, tenant_id, 'COMPLETED', '2026-11-22 11:00:00Z', '2026-11-22 11:00:00Z'
            FROM job WHERE tenant_id IN ('busy', 'stuck')
              AND (tenant_id = 'stuck') = (job_id < '019f0002-0000-7000-8000-000000000000')
            """;

    private static final String WAITING =
            """
            INSERT INTO ready (tenant_id, priority, position, job_id)
            SELECT tenant_id, priority, position, job_id FROM job
            WHERE tenant_id IN ('busy', 'stuck') AND job_id NOT IN (SELECT job_id FROM run)
            """;

    // More failed than are counted each time; one of the oldest still waits.
    private static final String FAILING =
            """
            INSERT INTO job (job_id, tenant_id, job_type, priority, position, pipeline_id, slot_at, trigger_type)
            SELECT ('019e' || lpad(to_hex(i), 4, '0') || '-0000-7000-8000-000000000006')::uuid, 'failing',
                   'pipeline', 5, 20000000 + i, 'failing-system-diagnostics-probe',
                   timestamptz '2026-11-21 11:00:00Z', 'scheduler'
            FROM generate_series(0, 1200) AS i
            """;

    private static final String FAILURES =
            """
            INSERT INTO run (job_id, tenant_id, state, started_at, finished_at)
            SELECT job_id, tenant_id, 'FAILED', '2026-11-21 11:00:00Z', '2026-11-21 11:00:10Z'
            FROM job WHERE tenant_id = 'failing' AND job_id <> '019e0005-0000-7000-8000-000000000006'
            """;

    private static final String OLD_WAITING =
            """
            INSERT INTO ready (tenant_id, priority, position, job_id)
            SELECT tenant_id, priority, position, job_id FROM job
            WHERE tenant_id = 'failing' AND job_id NOT IN (SELECT job_id FROM run)
            """;

    private static final String TENANTS =
            """
            INSERT INTO tenant (tenant_id, company_name, admin_email, created_at, updated_at)
            VALUES ('busy', 'Busy', 'ops@busy.example', '2026-11-01Z', '2026-11-01Z')
            """;

    private static final String ENDED_LATE =
            """
            WITH gone AS (DELETE FROM ready WHERE tenant_id = 'failing' RETURNING job_id, tenant_id)
            INSERT INTO run (job_id, tenant_id, state, started_at, finished_at)
            SELECT job_id, tenant_id, 'FAILED', '2026-11-22 11:00:00Z', '2026-11-22 11:00:10Z' FROM gone
            """;

    @AfterAll
    static void close() {
        FULL.close();
    }

    private static JobFilter jobs(
            TenantId tenant, @Nullable String state, @Nullable String type, int limit) {
        return new JobFilter(tenant, null, state, type, null, null, null, null, limit);
    }

    private static RunFilter runs(@Nullable TenantId tenant, String state) {
        return new RunFilter(tenant, null, null, state, false, null, null, null, PAGE, 0);
    }

    /// The plans of a list; where the jobs stand in their queue is another question.
    private List<Plan> listing(JobFilter filter) {
        return FULL.explaining.during(() -> assertThat(book.list(filter)).hasSize(PAGE)).stream()
                .filter(plan -> !plan.statement().contains("ORDER BY priority DESC"))
                .toList();
    }

    @Test
    void a_page_of_what_waits_is_found_without_its_tickets() {
        assertThat(listing(jobs(FullDatabase.LARGE, "QUEUED", null, PAGE)))
                .isNotEmpty()
                .allMatch(plan -> plan.rowsRead("ready") == 0)
                .allMatch(plan -> plan.rowsRead("job") <= LOOKED_THROUGH + PAGE);
    }

    @Test
    void pipelines_that_wait_behind_none_or_many_others_are_found_without_their_jobs() {
        assertThat(FULL.explaining.during(() -> runs.list(runs(STUCK, "PENDING"))))
                .isNotEmpty()
                .allMatch(plan -> plan.rowsRead("job") <= 2 * LOOKED_THROUGH)
                .allMatch(plan -> plan.rowsRead("ready") == 0);
        assertThat(FULL.explaining.during(() -> runs.list(runs(FullDatabase.LARGE, "PENDING"))))
                .isNotEmpty()
                .allMatch(plan -> plan.rowsRead("job") == 0);
    }

    @Test
    void what_waits_is_found_below_hundreds_that_have_ended() {
        assertThat(book.list(jobs(BUSY, "QUEUED", null, PAGE)))
                .hasSize(2)
                .allMatch(JobView::isQueued);
        assertThat(book.list(jobs(BUSY, "QUEUED", "pipeline", PAGE))).hasSize(2);
        assertThat(runs.list(runs(BUSY, "SCHEDULED"))).hasSize(1);
        assertThat(runs.list(runs(BUSY, "PENDING"))).hasSize(1);
    }

    @Test
    void what_has_ended_is_found_below_hundreds_that_wait() {
        assertThat(book.list(jobs(STUCK, "COMPLETED", null, PAGE))).hasSize(2);
        assertThat(runs.list(runs(STUCK, "COMPLETED")))
                .hasSize(2)
                .allMatch(run -> run.state().equals("COMPLETED"));
        assertThat(runs.list(runs(null, "COMPLETED"))).hasSize(PAGE);
    }

    @Test
    void pages_go_on_where_the_one_before_ended() {
        List<RunView> first = runs.list(runs(STUCK, "PENDING"));
        RunFilter rest =
                new RunFilter(
                        STUCK,
                        null,
                        null,
                        "PENDING",
                        false,
                        null,
                        null,
                        first.getLast().job(),
                        1_000,
                        0);

        assertThat(first).hasSize(PAGE);
        assertThat(runs.list(rest)).hasSize(300 - PAGE).doesNotContainAnyElementsOf(first);
        assertThat(runs.count(rest, LATER)).isEqualTo(300);
    }

    @Test
    void a_long_list_is_counted_once() {
        JobFilter all = jobs(FullDatabase.LARGE, null, null, PAGE);
        long counted = book.count(all, LATER);

        List<Plan> plans =
                FULL.explaining.during(() -> assertThat(book.count(all, LATER)).isEqualTo(counted));

        assertThat(counted).isGreaterThan(TICKETS / 2 - 1);
        assertThat(plans).isNotEmpty().allMatch(plan -> plan.rowsRead("job") == 0);
    }

    @Test
    void ends_are_counted_once_but_for_those_younger_than_what_still_lives() {
        RunFilter failed = runs(FAILING_TENANT, "FAILED");
        assertThat(runs.count(failed, LATER)).isEqualTo(1_200);
        assertThat(runs.count(runs(FAILING_TENANT, "SCHEDULED"), LATER)).isEqualTo(1);
        assertThat(runs.list(runs(FAILING_TENANT, "SCHEDULED"))).hasSize(1);

        FULL.database.transact(handle -> handle.execute(ENDED_LATE));
        assertThat(runs.count(failed, LATER)).isEqualTo(1_201);
        assertThat(runs.count(runs(null, "FAILED"), LATER)).isEqualTo(1_201);

        LongCounts anew = new LongCounts();
        new Runs(FULL.database, anew).count(failed, LATER);
        List<Plan> plans =
                FULL.explaining.during(() ->
                        assertThat(new Runs(FULL.database, anew).count(failed, LATER))
                                .isEqualTo(1_201));
        assertThat(plans)
                .isNotEmpty()
                .allMatch(plan -> plan.rowsRead("job") == 0)
                .allMatch(plan -> plan.rowsRead("run") <= 1_000);
    }

    @Test
    void pipelines_are_found_by_their_id_in_any_case_and_not_looked_for_elsewhere() {
        assertThat(runs.list(named(BUSY, "Busy-System-DIAGNOSTICS-probe"))).hasSize(PAGE);
        assertThat(runs.list(named(null, "BUSY-system-diagnostics-probe"))).hasSize(PAGE);
        assertThat(runs.count(named(null, "busy-system-diagnostics-probe"), LATER)).isEqualTo(602);
        assertThat(runs.list(named(BUSY, "stuck-system-diagnostics-probe"))).isEmpty();
        assertThat(
                        FULL.explaining.during(() ->
                                assertThat(runs.count(named(null, "nobody"), LATER)).isZero()))
                .allMatch(plan -> plan.rowsRead("job") == 0);
        assertThat(
                        FULL.explaining.during(
                                () -> assertThat(runs.list(named(BUSY, "nobody"))).isEmpty()))
                .allMatch(plan -> plan.rowsRead("job") == 0);
    }

    private static RunFilter named(@Nullable TenantId tenant, String pipeline) {
        return new RunFilter(tenant, pipeline, null, null, false, null, null, null, PAGE, 0);
    }
}
