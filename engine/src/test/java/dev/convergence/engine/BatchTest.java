package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.id.TenantId;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Firing many configs together brings what firing them one after the other brings.
class BatchTest {

    private static final int TENANTS = 3;
    private static final int ALL = 1_000;

    private static @Nullable House together;
    private static @Nullable House alone;

    /// What a config meets when it comes due, besides the quota of its tenant.
    enum Met {
        NOTHING,
        AN_EARLIER_RUN,
        A_DECIDED_INSTANT
    }

    record Due(int tenant, Met met) {}

    record Limits(int daily, int monthly, int usedToday, String status) {}

    @BeforeContainer
    static void open() {
        together = new House();
        alone = new House();
    }

    @AfterContainer
    static void the_books_are_in_order() throws InterruptedException {
        house(together).close();
        house(alone).close();
    }

    @Property(tries = 25)
    void many_at_once_are_as_one_after_the_other(
            @ForAll("dues") List<Due> dues, @ForAll("limits") List<Limits> limits) {
        House many = house(together);
        House single = house(alone);
        many.begin(dues, limits);
        single.begin(dues, limits);

        many.node.scheduler().trigger(many.now, ALL);
        while (single.isAnyDue()) {
            single.node.scheduler().trigger(single.now, 1);
        }

        assertThat(many.books()).isEqualTo(single.books());
    }

    @Provide
    Arbitrary<List<Due>> dues() {
        Arbitrary<Met> met =
                Arbitraries.of(
                        Met.NOTHING,
                        Met.NOTHING,
                        Met.NOTHING,
                        Met.AN_EARLIER_RUN,
                        Met.A_DECIDED_INSTANT);
        return Combinators.combine(Arbitraries.integers().between(0, TENANTS - 1), met)
                .as(Due::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(25);
    }

    @Provide
    Arbitrary<List<Limits>> limits() {
        Arbitrary<Integer> few = Arbitraries.integers().between(0, 6);
        return Combinators.combine(
                        few, few, few, Arbitraries.of("ACTIVE", "ACTIVE", "TRIAL", "CANCELLED"))
                .as(Limits::new)
                .list()
                .ofSize(TENANTS);
    }

    private static House house(@Nullable House house) {
        return Objects.requireNonNull(house);
    }

    /// An installation whose configs are made by plain statements: as many as a try wants.
    private static final class House {

        private final Installation installation = new Installation();
        private final Rooms node = installation.node(0);
        private final Instant now = installation.clock.instant();

        private House() {
            for (int number = 0; number < TENANTS; number++) {
                installation.tenant("tenant-" + number, 1, 2);
            }
        }

        /// The earlier runs that configs met were made up, and the audit would ask for their jobs.
        private void close() throws InterruptedException {
            installation.database.transact(handle ->
                    handle.execute(
                            "DELETE FROM in_flight WHERE NOT EXISTS"
                                    + " (SELECT 1 FROM job WHERE job.job_id = in_flight.job_id)"));
            installation.close();
        }

        private static final List<String> FILLED =
                List.of(
                        "slot_gap",
                        "slot",
                        "job",
                        "run",
                        "ready",
                        "in_flight",
                        "outbox",
                        "quota_usage",
                        "schedule",
                        "pipeline_config");

        private void begin(List<Due> dues, List<Limits> limits) {
            installation.database.transact(handle -> {
                FILLED.forEach(table -> handle.execute("DELETE FROM " + table));
                for (int number = 0; number < TENANTS; number++) {
                    limit(handle, "tenant-" + number, limits.get(number));
                }
                for (int number = 0; number < dues.size(); number++) {
                    config(handle, number, dues.get(number));
                }
            });
        }

        private void limit(Handle handle, String tenant, Limits limits) {
            handle.execute(
                    "UPDATE subscription SET daily_limit = ?, monthly_limit = ?, status = ? WHERE tenant_id = ?",
                    limits.daily(),
                    limits.monthly(),
                    limits.status(),
                    tenant);
            if (limits.usedToday() > 0) {
                handle.execute(
                        "INSERT INTO quota_usage (tenant_id, usage_date, run_today, run_month, created_at, updated_at)"
                                + " VALUES (?, '2026-11-22', ?, ?, now(), now())",
                        tenant,
                        limits.usedToday() - 1,
                        limits.usedToday());
            }
        }

        /// No two are due at the same instant: which comes first is the same for both houses.
        private void config(Handle handle, int number, Due due) {
            UUID id = new UUID(0, number);
            Instant dueAt = now.minusSeconds(number);
            TenantId tenant = new TenantId("tenant-" + due.tenant());
            handle.execute(
                    """
                    INSERT INTO pipeline_config (config_id, tenant_id, provider, domain, template_name, pipeline_name,
                        schedule_cron, timezone, created_at, updated_at)
                    VALUES (?, ?, 'SYSTEM', 'DIAGNOSTICS', 'probe', 'p', ?, 'Europe/Berlin', now(), now())
                    """,
                    id,
                    tenant.value(),
                    number % 2 == 0 ? "0 2 * * *" : "*/5 * * * *");
            handle.execute(
                    "INSERT INTO schedule VALUES (?, ?, ?, true, false)",
                    id,
                    tenant.value(),
                    Timestamp.from(dueAt));
            if (due.met() == Met.AN_EARLIER_RUN) {
                handle.execute(
                        "INSERT INTO in_flight VALUES (?, ?, gen_random_uuid())",
                        tenant.value(),
                        "config:" + id);
            } else if (due.met() == Met.A_DECIDED_INSTANT) {
                handle.execute(
                        "INSERT INTO slot VALUES (?, ?, ?, 'SKIPPED_OVERLAP', NULL, 'before', ?)",
                        tenant.value(),
                        id,
                        Timestamp.from(dueAt),
                        Timestamp.from(dueAt));
            }
        }

        private boolean isAnyDue() {
            return installation.count(
                            "SELECT count(*) FROM schedule WHERE next_fire <= '2026-11-22T12:00:00Z'")
                    > 0;
        }

        // Everything that firing writes, but the ids that it makes.
        private static final String BOOKS =
                """
                SELECT concat_ws('|', 'slot', config_id, due_at, outcome, reason, job_id IS NULL) FROM slot
                UNION ALL SELECT concat_ws('|', 'job', config_id, tenant_id, slot_at, params, priority, flight_key,
                    trigger_type, pipeline_id, retry_policy, max_retries,
                    EXISTS (SELECT 1 FROM slot WHERE slot.job_id = job.job_id),
                    EXISTS (SELECT 1 FROM ready WHERE ready.job_id = job.job_id),
                    (SELECT state || error FROM run WHERE run.job_id = job.job_id),
                    (SELECT topic FROM outbox WHERE outbox.job_id = job.job_id)) FROM job
                UNION ALL SELECT concat_ws('|', 'flight', flight_key,
                    EXISTS (SELECT 1 FROM job WHERE job.job_id = in_flight.job_id)) FROM in_flight
                UNION ALL SELECT concat_ws('|', 'usage', tenant_id, usage_date, run_today, run_month, warned_at,
                    exceeded_at, last_started_at) FROM quota_usage
                UNION ALL SELECT concat_ws('|', 'config', config_id, next_fire, last_run_status, last_run_time)
                    FROM schedule JOIN pipeline_config USING (config_id)
                ORDER BY 1
                """;

        private List<String> books() {
            return installation.database.read(
                    handle -> handle.createQuery(BOOKS).mapTo(String.class).list());
        }
    }
}
