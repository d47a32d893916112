package dev.convergence.engine.subscription;

import static dev.convergence.engine.tenant.House.NOW;
import static dev.convergence.engine.tenant.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.convergence.engine.error.ErrorCode;
import dev.convergence.engine.id.JobId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.subscription.SubscriptionChange.Bounds;
import dev.convergence.engine.tenant.House;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class UsagesTest {

    private static final House HOUSE = House.build();
    private static final String PROBE = "system/diagnostics/probe";

    private final Usages usages = HOUSE.usages;

    @Test
    void a_day_without_a_row_counts_zero_but_the_month_goes_on() {
        TenantId tenant = tenant("month");
        HOUSE.execute(
                "UPDATE quota_usage SET run_today = 4, run_month = 4"
                        + " WHERE tenant_id = 'month'");

        Usage nextDay = usages.today(tenant, NOW.plus(Duration.ofDays(1)));
        assertThat(nextDay.today().run()).isZero();
        assertThat(nextDay.runMonth()).isEqualTo(4);
        assertThat(nextDay.dailyRemaining()).isEqualTo(6);
        assertThat(nextDay.monthlyRemaining()).isEqualTo(176);

        Usage nextMonth = usages.today(tenant, NOW.plus(Duration.ofDays(31)));
        assertThat(nextMonth.runMonth()).isZero();
    }

    @Test
    void tenants_do_not_see_each_others_usage() {
        TenantId first = tenant("first_user");
        TenantId second = tenant("second_user");
        HOUSE.execute("UPDATE quota_usage SET run_today = 5 WHERE tenant_id = 'first_user'");

        assertThat(usages.today(first, NOW).today().run()).isEqualTo(5);
        assertThat(usages.today(second, NOW).today().run()).isZero();
        assertThat(usages.history(second, 30, NOW)).hasSize(1);
        refused(ErrorCode.INVALID_FIELD, () -> usages.history(second, 367, NOW));
    }

    @Test
    void a_check_names_every_reason_and_changes_nothing() {
        TenantId tenant = tenant("checked");
        assertThat(usages.check(tenant, PROBE, NOW).canRun()).isTrue();
        assertThat(usages.check(tenant, "checked-system-diagnostics-probe", NOW).canRun()).isTrue();

        HOUSE.subscriptions.change(tenant, SubscriptionChange.limits(0, 0, 0), Bounds.QUOTA, NOW);
        SubscriptionChange pastDue =
                new SubscriptionChange(
                        null,
                        SubscriptionStatus.PAST_DUE,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        HOUSE.subscriptions.change(tenant, pastDue, Bounds.SUBSCRIPTION, NOW);

        assertThat(usages.check(tenant, "no/such/pipeline", NOW).reasons()).hasSize(5);
        assertThat(usages.today(tenant, NOW).today().run()).isZero();
    }

    @Test
    void pipelines_are_counted_by_what_they_do_now() {
        TenantId tenant = tenant("counted");
        HOUSE.execute(
                "INSERT INTO pipeline_config (config_id, tenant_id, provider, domain,"
                        + " template_name, pipeline_name, schedule_cron, created_at, updated_at)"
                        + " SELECT gen_random_uuid(), 'counted', 'GCP', 'COST', 't', 'p', '0 2 * * *',"
                        + " now(), now() FROM generate_series(1, 3)");
        run(job(NOW), "COMPLETED", NOW);
        run(job(NOW), "FAILED", NOW);
        run(job(NOW.minus(Duration.ofHours(2))), "COMPLETED", NOW.minus(Duration.ofHours(1)));
        HOUSE.execute(
                "INSERT INTO ready (tenant_id, priority, job_id) VALUES ('counted', 5, '"
                        + job(NOW)
                        + "')");
        HOUSE.execute(
                "INSERT INTO deferred (due_at, job_id, tenant_id, priority)"
                        + " VALUES (now(), '"
                        + job(NOW)
                        + "', 'counted', 5)");
        HOUSE.execute(
                "INSERT INTO lease (job_id, tenant_id, token, node_id, claimed_at)"
                        + " VALUES ('"
                        + job(NOW)
                        + "', 'counted', 1, gen_random_uuid(), now())");

        assertThat(usages.pipelineCounts(tenant, NOW))
                .isEqualTo(new PipelineCounts(3, 5, 1, 2, 1, 1));
        assertThat(usages.pipelineCounts(tenant("uncounted"), NOW))
                .isEqualTo(new PipelineCounts(0, 0, 0, 0, 0, 0));
    }

    private static JobId job(Instant slot) {
        JobId id = JobId.next(slot);
        HOUSE.execute(
                "INSERT INTO job (job_id, tenant_id, job_type, priority, pipeline_id, config_id, slot_at)"
                        + " VALUES ('"
                        + id
                        + "', 'counted', 'pipeline', 5, 'counted-a-b-c', gen_random_uuid(), '"
                        + slot
                        + "')");
        return id;
    }

    private static void run(JobId job, String state, @Nullable Instant finishedAt) {
        HOUSE.execute(
                "INSERT INTO run (job_id, tenant_id, state, started_at, finished_at)"
                        + " VALUES ('"
                        + job
                        + "', 'counted', '"
                        + state
                        + "', '"
                        + finishedAt
                        + "', '"
                        + finishedAt
                        + "')");
    }

    private static TenantId tenant(String id) {
        return HOUSE.onboard(id).tenant().id();
    }
}
