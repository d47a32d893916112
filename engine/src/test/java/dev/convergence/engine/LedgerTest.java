package dev.convergence.engine;

import static dev.convergence.testkit.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.convergence.engine.id.ConfigId;
import dev.convergence.engine.schedule.LedgerAudit;
import dev.convergence.engine.slot.Slot;
import dev.convergence.engine.slot.SlotOutcome;
import dev.convergence.engine.sql.Database;
import dev.convergence.engine.tenant.Tenants;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Whatever happens to clocks, nodes, configs and tenants: each due instant has one slot, which
/// says why. At noon of 2026-11-22 all begins.
class LedgerTest {

    private final Scheduled scheduled = new Scheduled();
    private final Installation installation = scheduled.installation;

    @AfterEach
    void every_due_instant_has_its_slot() throws InterruptedException {
        List<String> missing =
                LedgerAudit.missing(installation.database, Instant.EPOCH, scheduled.now());
        installation.close();
        assertThat(missing).isEmpty();
    }

    @Test
    void after_an_outage_the_latest_instant_runs_and_the_others_say_why_not() {
        ConfigId config = scheduled.config("0 * * * *", Map.of());

        scheduled.after(Duration.ofMinutes(200));

        assertThat(scheduled.lines(config))
                .containsExactly(
                        "2026-11-22T13:00:00Z SKIPPED_MISSED",
                        "2026-11-22T14:00:00Z SKIPPED_MISSED",
                        "2026-11-22T15:00:00Z FIRED");
        assertThat(scheduled.reason(config, Instant.parse("2026-11-22T13:00:00Z")))
                .contains("missed_runs LAST");
        assertThat(scheduled.node.configs().find(scheduled.tenant, config).nextRunTime())
                .isEqualTo("2026-11-22T16:00:00Z");
    }

    @Test
    void all_missed_runs_up_to_a_number_run_one_after_the_other() {
        ConfigId config =
                scheduled.config("0 * * * *", Map.of("missed_runs", "all", "missed_runs_max", 3));

        scheduled.after(Duration.ofHours(5));

        assertThat(scheduled.count(config, "FIRED")).isEqualTo(3);
        assertThat(scheduled.count(config, "SKIPPED_MISSED")).isEqualTo(2);
        assertThat(installation.count("SELECT count(*) FROM ready")).isEqualTo(1);
        scheduled.runAll();
        assertThat(installation.count("SELECT count(*) FROM run WHERE state = 'COMPLETED'"))
                .isEqualTo(3);
        assertThat(installation.count("SELECT count(*) FROM in_flight")).isZero();
    }

    @Test
    void where_overlap_is_allowed_all_missed_runs_may_run_at_once() {
        ConfigId config =
                scheduled.config("0 * * * *", Map.of("missed_runs", "ALL", "overlap", "ALLOW"));

        scheduled.after(Duration.ofHours(4));

        assertThat(scheduled.count(config, "FIRED")).isEqualTo(4);
        assertThat(installation.count("SELECT count(*) FROM ready")).isEqualTo(4);
    }

    @Test
    void a_missed_instant_does_not_run_after_its_deadline() {
        ConfigId none = scheduled.config("0 13 * * *", Map.of("missed_runs", "NONE"));
        ConfigId late = scheduled.config("0 13 * * *", Map.of("start_deadline", "PT1H"));
        ConfigId soon = scheduled.config("0 13 * * *", Map.of("start_deadline", "PT3H"));

        scheduled.after(Duration.ofHours(3));

        assertThat(scheduled.lines(none)).containsExactly("2026-11-22T13:00:00Z SKIPPED_MISSED");
        assertThat(scheduled.lines(late)).containsExactly("2026-11-22T13:00:00Z SKIPPED_MISSED");
        assertThat(scheduled.lines(soon)).containsExactly("2026-11-22T13:00:00Z FIRED");
        assertThat(scheduled.reason(late, Instant.parse("2026-11-22T13:00:00Z")))
                .contains("PT1H late");
    }

    @Test
    void a_config_that_is_switched_on_again_does_not_fire_and_its_pause_is_in_the_ledger() {
        ConfigId config = scheduled.config("0 * * * *", Map.of());
        scheduled.change(config, null, false);
        scheduled.after(Duration.ofDays(1));
        assertThat(scheduled.slots(config)).isEmpty();

        scheduled.change(config, null, true);
        scheduled.after(Duration.ZERO);

        assertThat(scheduled.count(config, "SKIPPED_DISABLED")).isEqualTo(24);
        assertThat(scheduled.slots(config)).hasSize(24);
        assertThat(scheduled.reason(config, Instant.parse("2026-11-22T13:00:00Z")))
                .isEqualTo("The config was off from 2026-11-22T12:00:00Z to 2026-11-23T12:00:00Z.");
        scheduled.after(Duration.ofHours(1));
        assertThat(scheduled.count(config, "FIRED")).isEqualTo(1);
    }

    @Test
    void a_config_that_is_switched_on_runs_what_it_missed_when_asked() {
        ConfigId config = scheduled.config("0 * * * *", Map.of());
        scheduled.change(config, null, false);
        scheduled.after(Duration.ofHours(3));

        scheduled.change(config, null, true, null, null, true);
        scheduled.after(Duration.ZERO);

        assertThat(scheduled.lines(config))
                .containsExactly(
                        "2026-11-22T13:00:00Z SKIPPED_DISABLED",
                        "2026-11-22T14:00:00Z SKIPPED_DISABLED",
                        "2026-11-22T15:00:00Z FIRED");
    }

    @Test
    void instants_of_a_suspended_tenant_say_so_and_the_latest_runs_afterwards() {
        ConfigId config = scheduled.config("0 * * * *", Map.of());
        Tenants tenants = new Tenants(installation.database);
        installation.clock.advance(Duration.ofMinutes(90));
        tenants.suspend(scheduled.tenant, "unpaid", scheduled.now());
        scheduled.after(Duration.ofHours(3));
        assertThat(scheduled.slots(config)).isEmpty();
        tenants.activate(scheduled.tenant, scheduled.now());

        scheduled.after(Duration.ofHours(1));

        assertThat(scheduled.lines(config))
                .containsExactly(
                        "2026-11-22T13:00:00Z SKIPPED_MISSED",
                        "2026-11-22T14:00:00Z SKIPPED_SUSPENDED",
                        "2026-11-22T15:00:00Z SKIPPED_SUSPENDED",
                        "2026-11-22T16:00:00Z SKIPPED_SUSPENDED",
                        "2026-11-22T17:00:00Z FIRED");
    }

    @Test
    void a_new_cron_counts_from_now_and_what_was_undecided_is_written_down() {
        ConfigId config = scheduled.config("0 * * * *", Map.of());
        installation.clock.advance(Duration.ofMinutes(90));

        scheduled.change(config, "15 * * * *", null);
        scheduled.after(Duration.ofHours(1));

        assertThat(scheduled.lines(config))
                .containsExactly(
                        "2026-11-22T13:00:00Z SKIPPED_MISSED", "2026-11-22T14:15:00Z FIRED");
        assertThat(scheduled.reason(config, Instant.parse("2026-11-22T13:00:00Z")))
                .contains("was changed");
    }

    @Test
    void one_run_waits_for_the_end_of_the_earlier_and_a_third_is_skipped() {
        ConfigId config = scheduled.config("0 * * * *", Map.of("overlap", "QUEUE_ONE"));

        IntStream.range(0, 3).forEach(_ -> scheduled.after(Duration.ofHours(1)));

        assertThat(scheduled.lines(config))
                .containsExactly(
                        "2026-11-22T13:00:00Z FIRED",
                        "2026-11-22T14:00:00Z FIRED",
                        "2026-11-22T15:00:00Z SKIPPED_OVERLAP");
        assertThat(installation.count("SELECT count(*) FROM ready")).isEqualTo(1);
        assertThat(installation.count("SELECT count(*) FROM parked")).isEqualTo(1);
        scheduled.runAll();
        assertThat(installation.count("SELECT count(*) FROM run WHERE state = 'COMPLETED'"))
                .isEqualTo(2);
        assertThat(installation.count("SELECT count(*) FROM parked")).isZero();
    }

    @Test
    void a_new_run_takes_the_place_of_the_one_that_has_not_ended() {
        ConfigId config = scheduled.config("0 * * * *", Map.of("overlap", "CANCEL_RUNNING"));

        IntStream.range(0, 3).forEach(_ -> scheduled.after(Duration.ofHours(1)));

        assertThat(scheduled.count(config, "FIRED")).isEqualTo(3);
        assertThat(installation.count("SELECT count(*) FROM run WHERE state = 'CANCELLED'"))
                .isEqualTo(2);
        assertThat(installation.count("SELECT count(*) FROM parked")).isZero();
        scheduled.runAll();
        assertThat(
                        installation.count(
                                "SELECT count(*) FROM run JOIN job USING (job_id) WHERE state = 'COMPLETED' AND slot_at = '2026-11-22T15:00:00Z'"))
                .isEqualTo(1);
    }

    @Test
    void a_waiting_run_goes_when_the_one_before_it_is_cancelled_by_hand() {
        ConfigId config = scheduled.config("0 * * * *", Map.of("overlap", "QUEUE_ONE"));
        scheduled.after(Duration.ofHours(1));
        scheduled.after(Duration.ofHours(1));
        Slot first = scheduled.slots(config).getFirst();

        scheduled
                .node
                .queue()
                .cancel(
                        scheduled.tenant,
                        Objects.requireNonNull(first.job()),
                        "by a user",
                        scheduled.now());

        assertThat(installation.count("SELECT count(*) FROM ready")).isEqualTo(1);
        assertThat(installation.count("SELECT count(*) FROM parked")).isZero();
    }

    @Test
    void a_window_spreads_configs_and_shows_both_times() {
        List<ConfigId> configs =
                IntStream.range(0, 50)
                        .mapToObj(_ -> scheduled.config("0 13 * * *", Map.of("window", "PT1H")))
                        .toList();

        scheduled.after(Duration.ofMinutes(90));
        long half = installation.count("SELECT count(*) FROM slot");
        scheduled.after(Duration.ofMinutes(30));

        assertThat(half).isBetween(10L, 40L);
        assertThat(configs)
                .allSatisfy(config ->
                        assertThat(scheduled.slots(config))
                                .singleElement()
                                .satisfies(slot -> {
                                    assertThat(slot.dueAt()).isEqualTo("2026-11-22T13:00:00Z");
                                    assertThat(slot.effectiveAt())
                                            .isBetween(
                                                    slot.dueAt(),
                                                    slot.dueAt().plus(Duration.ofHours(1)));
                                    assertThat(slot.outcome()).isEqualTo(SlotOutcome.FIRED);
                                }));
    }

    @Test
    void a_config_ends_with_its_date_or_with_its_last_run() {
        ConfigId dated =
                scheduled.config(
                        "0 * * * *", Map.of("end_at", "2026-11-22T14:30:00Z", "overlap", "ALLOW"));
        ConfigId counted = scheduled.config("0 * * * *", Map.of("max_runs", 2, "overlap", "ALLOW"));

        IntStream.range(0, 4).forEach(_ -> scheduled.after(Duration.ofHours(1)));

        assertThat(scheduled.lines(dated))
                .containsExactly("2026-11-22T13:00:00Z FIRED", "2026-11-22T14:00:00Z FIRED");
        assertThat(scheduled.lines(counted)).isEqualTo(scheduled.lines(dated));
        assertThat(halt(dated)).isEqualTo("ENDED: Its end date was 2026-11-22T14:30:00Z.");
        assertThat(halt(counted)).isEqualTo("ENDED: It has had all of its 2 runs.");
        assertThatThrownBy(() -> scheduled.change(counted, null, true))
                .hasMessageContaining("max_runs");
        scheduled.change(counted, null, true, null, Map.of("max_runs", 3), null);
        scheduled.after(Duration.ofHours(1));
        assertThat(scheduled.count(counted, "FIRED")).isEqualTo(3);
    }

    @Test
    void a_config_whose_runs_fail_in_a_row_is_switched_off() {
        ConfigId config = scheduled.config("0 * * * *", Map.of("pause_after_failures", 2));
        scheduled.fails.set(true);
        for (int run = 0; run < 2; run++) {
            scheduled.after(Duration.ofHours(1));
            scheduled.runAll();
        }
        assertThat(halt(config)).isEqualTo("FAILURES: 2 runs failed in a row.");

        scheduled.after(Duration.ofHours(1));

        assertThat(scheduled.lines(config))
                .last()
                .isEqualTo("2026-11-22T15:00:00Z SKIPPED_DISABLED");
        scheduled.fails.set(false);
        scheduled.change(config, null, true);
        scheduled.after(Duration.ofHours(1));
        scheduled.runAll();
        assertThat(scheduled.lines(config)).last().isEqualTo("2026-11-22T16:00:00Z FIRED");
        assertThat(scheduled.node.configs().find(scheduled.tenant, config).failuresInARow())
                .isZero();
    }

    @Test
    void every_minute_of_a_month_that_a_config_was_off_has_a_row() {
        ConfigId config = scheduled.config("* * * * *", Map.of());
        scheduled.change(config, null, false);
        installation.clock.advance(Duration.ofDays(30));

        scheduled.change(config, null, true);
        scheduled.after(Duration.ZERO);

        assertThat(scheduled.count(config, "SKIPPED_DISABLED")).isEqualTo(43_200);
        assertThat(installation.count("SELECT count(*) FROM slot_gap")).isZero();
    }

    @Test
    void of_a_gap_of_years_the_old_part_is_one_row() {
        ConfigId config = scheduled.config("* * * * *", Map.of());
        scheduled.change(config, null, false);
        installation.clock.advance(Duration.ofDays(400));

        scheduled.change(config, null, true);
        scheduled.after(Duration.ZERO);

        List<Slot> slots = scheduled.slots(config);
        assertThat(slots).hasSize(1 + 44_640);
        assertThat(slots.getFirst().untilAt())
                .isEqualTo(scheduled.now().minus(Duration.ofDays(31)));
    }

    @Test
    void two_nodes_that_look_every_minute_lose_nothing_over_a_change_of_the_clocks() {
        installation.clock.advance(
                Duration.between(scheduled.now(), Instant.parse("2027-03-14T05:55:00Z")));
        ConfigId often =
                scheduled.config("*/15 * * * *", "America/New_York", Map.of("overlap", "ALLOW"));
        ConfigId fixed = scheduled.config("30 2 * * *", "America/New_York", Map.of());
        ConfigId skips =
                scheduled.config("30 2 * * *", "America/New_York", Map.of("dst_gap", "SKIP"));
        Rooms other = installation.node(0);

        for (int minute = 0; minute < 120; minute++) {
            installation.clock.advance(Duration.ofMinutes(1));
            CompletableFuture<?> there =
                    CompletableFuture.runAsync(() -> other.scheduler().runOnce(scheduled.now()));
            scheduled.node.scheduler().runOnce(scheduled.now());
            there.join();
        }

        assertThat(scheduled.slots(often))
                .hasSize(8)
                .allMatch(s -> s.outcome() == SlotOutcome.FIRED);
        assertThat(scheduled.lines(fixed)).containsExactly("2027-03-14T07:00:00Z FIRED");
        assertThat(scheduled.slots(skips)).isEmpty();
    }

    @Test
    void a_node_that_dies_in_mid_batch_leaves_nothing_and_the_other_does_it_all() {
        List<ConfigId> configs =
                IntStream.range(0, 20)
                        .mapToObj(_ -> scheduled.config("0 * * * *", Map.of()))
                        .toList();
        installation.clock.advance(Duration.ofHours(3));

        installation.database.transact(blocker -> {
            blocker.execute("LOCK TABLE slot IN SHARE ROW EXCLUSIVE MODE");
            CompletableFuture<?> dying =
                    CompletableFuture.runAsync(
                            () -> scheduled.node.scheduler().trigger(scheduled.now(), 1000));
            eventually(
                    "it dies while it writes", Scheduled.SOON, () -> kill(installation.database));
            assertThatThrownBy(dying::join).isInstanceOf(CompletionException.class);
        });
        assertThat(installation.count("SELECT count(*) FROM job")).isZero();
        Rooms other = installation.node(0);
        other.scheduler().trigger(scheduled.now(), Integer.MAX_VALUE);

        assertThat(configs)
                .allSatisfy(config ->
                        assertThat(scheduled.lines(config))
                                .containsExactly(
                                        "2026-11-22T13:00:00Z SKIPPED_MISSED",
                                        "2026-11-22T14:00:00Z SKIPPED_MISSED",
                                        "2026-11-22T15:00:00Z FIRED"));
    }

    private static boolean kill(Database database) {
        return database.read(handle -> {
            // A transaction goes on seeing what it saw first.
            handle.createQuery("SELECT 1 FROM pg_stat_clear_snapshot()").mapTo(int.class).one();
            return handle.createQuery(
                                    """
                                    SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
                                    WHERE datname = current_database() AND wait_event_type = 'Lock'
                                      AND query LIKE '%COPY convergence.slot %'
                                    """)
                            .mapTo(long.class)
                            .one()
                    == 1;
        });
    }

    private String halt(ConfigId id) {
        var config = scheduled.node.configs().find(scheduled.tenant, id);
        return config.halt() + ": " + config.haltReason();
    }
}
