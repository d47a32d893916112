package dev.convergence.engine;

import static dev.convergence.engine.Backfilled.FIRST;
import static dev.convergence.engine.Backfilled.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.backfill.Backfill;
import dev.convergence.engine.backfill.Backfill.Direction;
import dev.convergence.engine.backfill.Backfill.Mode;
import dev.convergence.engine.backfill.Backfill.Request;
import dev.convergence.engine.backfill.Backfill.State;
import dev.convergence.engine.backfill.BackfillInstant;
import dev.convergence.engine.backfill.BackfillPlan;
import dev.convergence.engine.backfill.PlannedInstant;
import dev.convergence.engine.error.EngineException;
import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.id.TenantId;
import dev.convergence.engine.job.Job;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Which instants of past days a backfill runs, in which order, and what is written of them.
class BackfillTest {

    private final Backfilled backfilled = new Backfilled();
    private final Installation installation = backfilled.installation;

    @AfterEach
    void the_books_are_in_order() throws InterruptedException {
        backfilled.close();
    }

    @Test
    void every_missing_instant_gets_one_run_with_its_day_and_a_slot() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);

        Backfill asked = backfilled.ask(engine, tenant, config, request(10, Mode.MISSING, 3));
        backfilled.finish(engine, asked);

        Backfill done = engine.backfills().find(tenant, asked.id());
        assertThat(done.state()).isEqualTo(State.COMPLETED);
        assertThat(done.counts().completed()).isEqualTo(10);
        assertThat(backfilled.ran)
                .extracting(BackfillTest::date)
                .containsExactlyInAnyOrderElementsOf(days(10).map(LocalDate::toString).toList());
        assertThat(backfilled.ran)
                .allSatisfy(job -> {
                    assertThat(job.priority()).isZero();
                    assertThat(job.origin().slotAt())
                            .isEqualTo(LocalDate.parse(date(job)) + "T02:00:00Z");
                });
        assertThat(installation.count("SELECT count(*) FROM slot WHERE outcome = 'FIRED'"))
                .isEqualTo(10);
        assertThat(installation.count("SELECT run_today FROM quota_usage")).isEqualTo(10);
    }

    @Test
    void what_was_run_is_not_run_again_by_another_backfill_of_what_is_missing() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);
        Backfill first = backfilled.ask(engine, tenant, config, request(5, Mode.MISSING, 2));
        Backfill second = backfilled.ask(engine, tenant, config, request(7, Mode.MISSING, 2));

        backfilled.finish(engine, first);
        backfilled.finish(engine, second);

        assertThat(backfilled.ran)
                .hasSize(7)
                .extracting(BackfillTest::date)
                .doesNotHaveDuplicates();
        Backfill done = engine.backfills().find(tenant, second.id());
        assertThat(done.counts().completed() + done.counts().leftOut()).isEqualTo(7);
        assertThat(done.state()).isEqualTo(State.COMPLETED);
        Backfill third = backfilled.ask(engine, tenant, config, request(7, Mode.MISSING, 2));
        assertThat(third.state()).isEqualTo(State.COMPLETED);
        assertThat(third.counts().total()).isZero();
    }

    @Test
    void failed_ones_are_run_again_and_the_ledger_names_the_new_run() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);
        backfilled.fails.set(true);
        backfilled.finish(
                engine, backfilled.ask(engine, tenant, config, request(3, Mode.MISSING, 3)));
        backfilled.fails.set(false);
        backfilled.finish(
                engine, backfilled.ask(engine, tenant, config, request(4, Mode.MISSING, 3)));
        backfilled.ran.clear();

        Backfill again = backfilled.ask(engine, tenant, config, request(4, Mode.FAILED, 3));
        backfilled.finish(engine, again);

        assertThat(engine.backfills().find(tenant, again.id()).counts().completed()).isEqualTo(3);
        assertThat(backfilled.ran)
                .hasSize(3)
                .allSatisfy(job -> assertThat(job.retryOf()).isNotNull());
        assertThat(
                        installation.count(
                                "SELECT count(*) FROM slot JOIN run USING (job_id) WHERE state = 'COMPLETED'"))
                .isEqualTo(4);
        assertThat(
                        backfilled
                                .ask(engine, tenant, config, request(4, Mode.FAILED, 3))
                                .counts()
                                .total())
                .isZero();
        assertThat(backfilled.ask(engine, tenant, config, request(4, Mode.ALL, 3)).counts().total())
                .isEqualTo(4);
    }

    @Test
    void a_skipped_instant_is_missing_and_its_slot_keeps_the_old_reason() {
        Rooms engine = installation.node(8, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 1, 4);
        Instant due = Instant.parse("2026-11-22T02:00:00Z");
        installation.config(engine, tenant, "other", 9, due);
        ConfigId config = installation.config(engine, tenant, "probe", 5, due);
        engine.scheduler().trigger(installation.clock.instant(), 1000);
        installation.database.transact(
                handle -> handle.execute("UPDATE subscription SET daily_limit = 100"));

        LocalDate today = LocalDate.parse("2026-11-22");
        backfilled.finish(
                engine,
                backfilled.ask(
                        engine,
                        tenant,
                        config,
                        new Request(
                                today, today, Mode.MISSING, Direction.OLDEST_FIRST, 1, true, 1)));

        assertThat(
                        installation.count(
                                "SELECT count(*) FROM slot WHERE outcome = 'FIRED' AND reason LIKE '%Before: SKIPPED_QUOTA%'"))
                .isEqualTo(1);
        assertThat(backfilled.ran).extracting(BackfillTest::date).contains("2026-11-21");
    }

    @Test
    void a_plan_lists_the_instants_and_the_quota_and_changes_nothing() {
        Rooms engine = installation.node(0, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 25, 4);
        ConfigId config = backfilled.config(engine, tenant);

        BackfillPlan plan =
                engine.backfills()
                        .plan(
                                tenant,
                                config,
                                request(30, Mode.MISSING, 1, LocalDate.parse("2026-10-24")),
                                installation.clock.instant());

        assertThat(plan.instants()).hasSize(30).allMatch(PlannedInstant::isWanted);
        assertThat(plan.instants().getFirst().dueAt()).isEqualTo("2026-10-24T02:00:00Z");
        assertThat(plan.quota().runs()).isEqualTo(30);
        assertThat(plan.quota().keptToday()).isZero();
        assertThat(plan.quota().keptThisMonth()).isEqualTo(8);
        assertThat(plan.quota().today()).isEqualTo(25);
        assertThat(installation.count("SELECT count(*) FROM backfill")).isZero();
        assertThat(installation.count("SELECT count(*) FROM quota_usage")).isZero();
    }

    @Test
    void too_long_reversed_and_future_ranges_are_refused_with_their_field() {
        Rooms engine = installation.node(0, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 4);
        ConfigId config = backfilled.config(engine, tenant);
        LocalDate today = LocalDate.parse("2026-11-22");

        refused(engine, tenant, config, today, today.minusDays(1));
        refused(engine, tenant, config, today, today.plusDays(1));
        refused(engine, tenant, config, today.minusDays(730), today);
        assertThat(
                        engine.backfills()
                                .plan(
                                        tenant,
                                        config,
                                        range(today.minusDays(729), today),
                                        installation.clock.instant())
                                .instants())
                .hasSize(730);
    }

    @Test
    void newest_first_is_newest_first_and_the_instants_tell_what_became_of_each() {
        Rooms engine = installation.node(1, backfilled.pipelines);
        TenantId tenant = installation.tenant("acme", 100, 2);
        ConfigId config = backfilled.config(engine, tenant);
        Request request =
                new Request(
                        FIRST, FIRST.plusDays(3), Mode.ALL, Direction.NEWEST_FIRST, 1, false, 0);
        Backfill asked = backfilled.ask(engine, tenant, config, request);
        backfilled.finish(engine, asked);

        assertThat(backfilled.ran)
                .extracting(job -> String.valueOf(job.origin().slotAt()))
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThat(backfilled.ran).allSatisfy(job -> assertThat(date(job)).isEqualTo("null"));
        assertThat(engine.backfills().instants(tenant, asked.id(), null, 10))
                .hasSize(4)
                .allMatch(one -> one.state() == BackfillInstant.State.COMPLETED);
    }

    private void refused(
            Rooms engine, TenantId tenant, ConfigId config, LocalDate start, LocalDate end) {
        assertThatThrownBy(() -> backfilled.ask(engine, tenant, config, range(start, end)))
                .isInstanceOfSatisfying(
                        EngineException.class,
                        refusal ->
                                assertThat(refusal.fields())
                                        .singleElement()
                                        .satisfies(field ->
                                                assertThat(field.field()).isEqualTo("end_date")));
    }

    private static Request range(LocalDate start, LocalDate end) {
        return new Request(start, end, Mode.MISSING, Direction.OLDEST_FIRST, 1, true, 0);
    }

    private static java.util.stream.Stream<LocalDate> days(int count) {
        return IntStream.range(0, count).mapToObj(FIRST::plusDays);
    }

    private static String date(Job job) {
        return job.params().get("parameters") instanceof Map<?, ?> parameters
                ? String.valueOf(parameters.get("date"))
                : "none";
    }
}
