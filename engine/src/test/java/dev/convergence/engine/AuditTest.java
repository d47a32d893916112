package dev.convergence.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Each query finds what it is for, and nothing else, in books that are otherwise in order.
class AuditTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    /// One job in each place, a slot of each kind, a permit, a flight: all as it should be.
    private static final String HEALTHY =
            """
            INSERT INTO tenant VALUES ('acme', 'A', 'a@example.com', 'ACTIVE', NULL, '2026-11-01Z', '2026-11-01Z'),
                                      ('globex', 'G', 'g@example.com', 'ACTIVE', NULL, '2026-11-01Z', '2026-11-01Z');
            INSERT INTO subscription (subscription_id, tenant_id, plan_name, daily_limit, monthly_limit, concurrent_limit,
                max_team_members, max_providers, subscription_start_date, created_at, updated_at)
            SELECT gen_random_uuid(), tenant_id, 'SCALE', 9, 99, 2, 2, 3, '2026-11-01', created_at, created_at FROM tenant;
            INSERT INTO lane (tenant_id, concurrent_limit, running, has_ready)
            VALUES ('acme', 3, 2, true), ('globex', 1, 1, false);
            INSERT INTO pool VALUES ('gpu', 1);
            INSERT INTO node VALUES ('0a000000-0000-7000-8000-000000000001', 'host', 1, NULL, 4, '2026-11-22 11:00Z', '2026-11-22 11:59:55Z', false);
            INSERT INTO pipeline_config (config_id, tenant_id, provider, domain, template_name, pipeline_name, schedule_cron, created_at, updated_at)
            VALUES ('0c000000-0000-7000-8000-000000000001', 'acme', 'SYSTEM', 'DIAGNOSTICS', 'probe', 'p', '0 2 * * *', '2026-11-01Z', '2026-11-01Z');
            INSERT INTO schedule VALUES ('0c000000-0000-7000-8000-000000000001', 'acme', '2026-11-23 02:00Z', true, false);
            INSERT INTO job (job_id, tenant_id, job_type, priority, attempt, retry_of, max_retries, retry_policy, pool, pipeline_id, config_id, slot_at, trigger_type)
            SELECT id::uuid, tenant, 'probe', 5, attempt, of::uuid, 3, '{"base_ms": 60000, "multiplier": 2, "cap_ms": 3600000}',
                   pool, pipeline, config::uuid, slot::timestamptz, trigger
            FROM (VALUES
                ('019aac00-0000-7000-8000-000000000010', 'acme', 0, NULL, NULL, NULL, NULL, NULL, 'api'),
                ('019aac00-0000-7000-8000-000000000020', 'acme', 0, NULL, 'gpu', NULL, NULL, NULL, 'api'),
                ('019aac00-0000-7000-8000-000000000030', 'acme', 0, NULL, 'gpu', NULL, NULL, NULL, 'api'),
                ('019aac00-0000-7000-8000-000000000040', 'acme', 0, NULL, NULL, NULL, NULL, NULL, 'api'),
                ('019aac00-0000-7000-8000-000000000050', 'acme', 1, '019aac00-0000-7000-8000-000000000040', NULL, NULL, NULL, NULL, 'retry'),
                ('019aac00-0000-7000-8000-000000000060', 'acme', 0, NULL, NULL, 'acme-p', '0c000000-0000-7000-8000-000000000001', '2026-11-21 02:00Z', 'scheduler'),
                ('019aac00-0000-7000-8000-000000000070', 'acme', 0, NULL, NULL, 'acme-p', '0c000000-0000-7000-8000-000000000001', '2026-11-22 02:00Z', 'scheduler'),
                ('019aac00-0000-7000-8000-000000000080', 'acme', 0, NULL, NULL, 'acme-p', NULL, NULL, 'api'),
                ('019aac00-0000-7000-8000-000000000090', 'globex', 0, NULL, NULL, NULL, NULL, NULL, 'api'),
                ('019aac00-0000-7000-8000-000000000110', 'acme', 0, NULL, NULL, NULL, NULL, NULL, 'api'),
                ('019aac00-0000-7000-8000-000000000120', 'acme', 0, NULL, NULL, NULL, NULL, NULL, 'api'),
                ('019aac00-0000-7000-8000-000000000130', 'acme', 0, NULL, NULL, NULL, NULL, NULL, 'api'),
                ('019aac00-0000-7000-8000-000000000140', 'acme', 0, NULL, NULL, NULL, NULL, NULL, 'api'))
                AS made (id, tenant, attempt, of, pool, pipeline, config, slot, trigger);
            UPDATE job SET root_id = retry_of WHERE retry_of IS NOT NULL;
            UPDATE job SET kind = 'DIRECT' WHERE job_id = '019aac00-0000-7000-8000-000000000090';
            INSERT INTO job_group (group_id, members_from, tenant_id, mode, on_failure, priority, status, finished_at) VALUES
                ('0d000000-0000-7000-8000-000000000001', '019aac00-0000-7000-8000-000000000000', 'acme', 'SEQUENTIAL', 'STOP', 5, 'COMPLETED', '2026-11-22 11:58Z'),
                ('0d000000-0000-7000-8000-000000000002', '019aac00-0000-7000-8000-000000000000', 'acme', 'SEQUENTIAL', 'STOP', 5, NULL, NULL);
            UPDATE job SET group_id = '0d000000-0000-7000-8000-000000000001', sequence_number = (right(job_id::text, 3)::int - 110) / 10
            WHERE job_id IN ('019aac00-0000-7000-8000-000000000110', '019aac00-0000-7000-8000-000000000120');
            UPDATE job SET group_id = '0d000000-0000-7000-8000-000000000002', sequence_number = (right(job_id::text, 3)::int - 130) / 10
            WHERE job_id IN ('019aac00-0000-7000-8000-000000000130', '019aac00-0000-7000-8000-000000000140');
            INSERT INTO ready (tenant_id, priority, job_id) VALUES ('acme', 5, '019aac00-0000-7000-8000-000000000130');
            INSERT INTO parked VALUES ('group:0d000000-0000-7000-8000-000000000002', 900, '019aac00-0000-7000-8000-000000000140', 'acme', 5, NULL, false);
            INSERT INTO reservation (reservation_id, tenant_id, reserved_by, reserved_at, expires_at, job_id)
            VALUES ('0e000000-0000-7000-8000-000000000001', 'globex', 'somebody', '2026-11-22 11:59:20Z', '2026-11-22 12:10Z', '019aac00-0000-7000-8000-000000000090');
            UPDATE lane SET is_reserved = true WHERE tenant_id = 'globex';
            INSERT INTO ready (tenant_id, priority, job_id) VALUES ('acme', 5, '019aac00-0000-7000-8000-000000000010');
            INSERT INTO lease (job_id, tenant_id, token, node_id, claimed_at) VALUES
                ('019aac00-0000-7000-8000-000000000020', 'acme', 20, '0a000000-0000-7000-8000-000000000001', '2026-11-22 11:59Z'),
                ('019aac00-0000-7000-8000-000000000080', 'acme', 80, '0a000000-0000-7000-8000-000000000001', '2026-11-22 11:50Z'),
                ('019aac00-0000-7000-8000-000000000090', 'globex', 90, '0a000000-0000-7000-8000-000000000001', '2026-11-22 11:59:30Z');
            INSERT INTO permit VALUES ('gpu', 1, '019aac00-0000-7000-8000-000000000020', 20);
            INSERT INTO parked VALUES ('pool:gpu', 1, '019aac00-0000-7000-8000-000000000030', 'acme', 5, 'gpu', false);
            INSERT INTO run (job_id, tenant_id, state, token, node_id, started_at, finished_at) VALUES
                ('019aac00-0000-7000-8000-000000000040', 'acme', 'FAILED', 40, '0a000000-0000-7000-8000-000000000001', '2026-11-22 11:58Z', '2026-11-22 11:59Z'),
                ('019aac00-0000-7000-8000-000000000110', 'acme', 'COMPLETED', 110, '0a000000-0000-7000-8000-000000000001', '2026-11-22 11:50Z', '2026-11-22 11:51Z'),
                ('019aac00-0000-7000-8000-000000000120', 'acme', 'COMPLETED', 120, '0a000000-0000-7000-8000-000000000001', '2026-11-22 11:52Z', '2026-11-22 11:53Z'),
                ('019aac00-0000-7000-8000-000000000060', 'acme', 'COMPLETED', 60, '0a000000-0000-7000-8000-000000000001', '2026-11-21 02:00Z', '2026-11-21 02:01Z'),
                ('019aac00-0000-7000-8000-000000000070', 'acme', 'SKIPPED', NULL, NULL, NULL, '2026-11-22 02:00Z');
            INSERT INTO deferred VALUES ('2026-11-22 12:00Z', '019aac00-0000-7000-8000-000000000050', 'acme', 5, NULL, false);
            INSERT INTO slot VALUES
                ('acme', '0c000000-0000-7000-8000-000000000001', '2026-11-21 02:00Z', 'FIRED', '019aac00-0000-7000-8000-000000000060', NULL, '2026-11-21 02:00Z'),
                ('acme', '0c000000-0000-7000-8000-000000000001', '2026-11-22 02:00Z', 'SKIPPED_QUOTA', '019aac00-0000-7000-8000-000000000070', 'no quota', '2026-11-22 02:00Z');
            INSERT INTO in_flight VALUES ('acme', 'manual', '019aac00-0000-7000-8000-000000000080');
            INSERT INTO outbox (topic, tenant_id, job_id, due_at) VALUES ('run_record', 'acme', '019aac00-0000-7000-8000-000000000060', '2026-11-22 11:59Z');
            """;

    /// How each is broken by hand.
    private static final Map<Invariant, String> BREAKAGES = breakages();

    private final Installation installation = new Installation();

    private static Map<Invariant, String> breakages() {
        Map<Invariant, String> by = new EnumMap<>(Invariant.class);
        by.put(
                Invariant.FIRED_ONCE,
                "UPDATE job SET slot_at = '2026-11-21 02:00Z' WHERE slot_at IS NOT NULL");
        by.put(
                Invariant.JOB_SCHEDULE_FIRED_ONCE,
                """
                INSERT INTO job_template VALUES ('0d000000-0000-7000-8000-000000000001', 'acme', 't', 'probe', '{}', '{}', NULL, NULL, '2026-11-01Z', '2026-11-01Z');
                INSERT INTO job_schedule VALUES ('0e000000-0000-7000-8000-000000000001', 'acme', '0d000000-0000-7000-8000-000000000001', 's', '@daily', 'UTC', true, 0, '{}', '2026-11-23Z', NULL, '2026-11-01Z', '2026-11-01Z');
                INSERT INTO job_schedule_fire VALUES ('0e000000-0000-7000-8000-000000000001', '2026-11-22Z', '019aac00-0000-7000-8000-000000000010')
                """);
        by.put(
                Invariant.NOTHING_FOLLOWS_A_HAND,
                "UPDATE job SET retry_kind = 'AUTO' WHERE attempt = 1; UPDATE job SET kind ="
                        + " 'DIRECT' WHERE job_id = '019aac00-0000-7000-8000-000000000040'");
        by.put(Invariant.FIRE_IS_DECIDED, "DELETE FROM slot WHERE outcome = 'FIRED'");
        by.put(
                Invariant.SLOT_HAS_JOB,
                "UPDATE slot SET job_id = '019aac00-0000-7000-8000-0000000000f0' WHERE outcome ="
                        + " 'FIRED'");
        by.put(Invariant.SKIP_SAYS_WHY, "UPDATE slot SET reason = NULL");
        by.put(Invariant.DUE_IS_DECIDED, "UPDATE schedule SET next_fire = '2026-11-22 11:58Z'");
        by.put(
                Invariant.GAP_IS_CLOSED,
                """
                INSERT INTO slot_gap (tenant_id, config_id, schedule_cron, timezone, dst_gap, dst_overlap, from_at, until_at,
                    outcome, reason, decided_at)
                VALUES ('acme', '0c000000-0000-7000-8000-000000000001', '0 2 * * *', 'UTC', 'SKIP', 'FIRST',
                    '2026-11-20 02:00Z', '2026-11-20 03:00Z', 'SKIPPED_MISSED', 'why', '2026-11-22 11:45Z')
                """);
        by.put(
                Invariant.NOTHING_IS_DECIDED_AHEAD,
                "UPDATE slot SET decided_at = '2026-11-20 02:00Z' WHERE outcome = 'FIRED'");
        by.put(
                Invariant.WAITS_FOR_A_RUN,
                """
                DELETE FROM ready WHERE job_id = '019aac00-0000-7000-8000-000000000010';
                INSERT INTO parked VALUES ('config:1', 5, '019aac00-0000-7000-8000-000000000010', 'acme', 5, NULL, false)
                """);
        by.put(
                Invariant.ONE_PLACE,
                "INSERT INTO ready (tenant_id, priority, job_id) VALUES ('acme', 5,"
                        + " '019aac00-0000-7000-8000-000000000060')");
        by.put(
                Invariant.PLACE_HAS_JOB,
                "INSERT INTO ready (tenant_id, priority, job_id) VALUES ('acme', 5,"
                        + " gen_random_uuid())");
        by.put(Invariant.TOKEN_IS_USED_ONCE, "UPDATE run SET token = 60 WHERE token = 40");
        by.put(Invariant.ENDED_BY_ITS_CLAIM, "UPDATE run SET token = NULL WHERE state = 'FAILED'");
        by.put(
                Invariant.LANE_COUNTS_ITS_LEASES,
                "UPDATE lane SET running = 1 WHERE tenant_id = 'acme'");
        by.put(
                Invariant.LANE_KEEPS_ITS_LIMIT,
                "UPDATE lane SET concurrent_limit = 1 WHERE tenant_id = 'acme'");
        by.put(
                Invariant.POOL_KEEPS_ITS_CAPACITY,
                """
                INSERT INTO permit VALUES ('gpu', 2, '019aac00-0000-7000-8000-000000000080', 80)
                """);
        by.put(
                Invariant.BACKFILL_ADDS_UP,
                """
                INSERT INTO backfill (backfill_id, tenant_id, config_id, start_date, end_date, mode, direction,
                    max_concurrent, carries_date, state, total, waiting, created_at, updated_at)
                VALUES (gen_random_uuid(), 'acme', '0c000000-0000-7000-8000-000000000001', '2026-11-01',
                    '2026-11-02', 'ALL', 'OLDEST_FIRST', 1, true, 'RUNNING', 2, 2, '2026-11-22Z', '2026-11-22Z')
                """);
        by.put(Invariant.PERMIT_HAS_LEASE, "UPDATE permit SET token = 21");
        by.put(Invariant.LEASE_HAS_PERMIT, "DELETE FROM permit; UPDATE pool SET capacity = 0");
        by.put(Invariant.JOB_HAS_PLACE, "DELETE FROM ready; UPDATE lane SET has_ready = false");
        by.put(
                Invariant.TICKET_HAS_LANE,
                """
                DELETE FROM reservation;
                UPDATE lane SET tenant_id = 'initech', is_reserved = false WHERE tenant_id = 'globex';
                UPDATE job SET tenant_id = 'initech' WHERE tenant_id = 'globex';
                UPDATE lease SET tenant_id = 'initech' WHERE tenant_id = 'globex';
                INSERT INTO job (job_id, tenant_id, job_type, priority) VALUES ('019aac00-0000-7000-8000-0000000000a0', 'globex', 'probe', 5);
                INSERT INTO ready (tenant_id, priority, job_id) VALUES ('globex', 5, '019aac00-0000-7000-8000-0000000000a0')
                """);
        by.put(Invariant.PARKED_HAS_POOL, "UPDATE parked SET pool = 'no-such-pool'");
        by.put(
                Invariant.FLIGHT_IS_LIVE,
                "UPDATE in_flight SET job_id = '019aac00-0000-7000-8000-000000000060'");
        by.put(Invariant.READY_IS_IN_THE_RING, "UPDATE lane SET has_ready = false");
        by.put(
                Invariant.PAUSE_ENDS,
                "UPDATE deferred SET due_at = '2026-11-22 11:58Z'; UPDATE run SET started_at ="
                        + " '2026-11-22 11:56Z', finished_at = '2026-11-22 11:57Z' WHERE token = 40");
        by.put(Invariant.PERMIT_IS_TAKEN, "UPDATE pool SET capacity = 2");
        by.put(Invariant.LEASE_HAS_NODE, "UPDATE node SET heartbeat_at = '2026-11-22 11:57Z'");
        by.put(
                Invariant.LANE_HAS_ITS_TURN,
                "UPDATE lease SET claimed_at = '2026-11-22 11:50Z' WHERE tenant_id = 'acme'; UPDATE"
                        + " run SET started_at = '2026-11-22 11:50Z' WHERE token = 40");
        by.put(
                Invariant.SUSPENSION_STANDS,
                "UPDATE tenant SET status = 'SUSPENDED', updated_at = '2026-11-22 13:00Z' WHERE"
                        + " tenant_id = 'globex'");
        by.put(
                Invariant.SUSPENDED_STARTS_NOTHING,
                """
                UPDATE tenant SET status = 'SUSPENDED', updated_at = '2026-11-22 11:55Z' WHERE tenant_id = 'globex';
                UPDATE lane SET is_suspended = true WHERE tenant_id = 'globex'
                """);
        by.put(Invariant.DISABLED_IS_NOT_DUE, "UPDATE pipeline_config SET is_active = false");
        by.put(
                Invariant.RETRIED_ONCE,
                """
                INSERT INTO job SELECT (j).* FROM (
                    SELECT jsonb_populate_record(job, '{"job_id": "019aac00-0000-7000-8000-0000000000b0"}') AS j
                    FROM job WHERE attempt = 1) AS copy;
                INSERT INTO deferred VALUES ('2026-11-22 12:00Z', '019aac00-0000-7000-8000-0000000000b0', 'acme', 5, NULL, false)
                """);
        by.put(
                Invariant.RETRIES_HAVE_AN_END,
                "UPDATE job SET max_retries = 0 WHERE job_id IN"
                        + " ('019aac00-0000-7000-8000-000000000040',"
                        + " '019aac00-0000-7000-8000-000000000050')");
        by.put(
                Invariant.RETRY_FOLLOWS_A_FAILURE,
                "UPDATE run SET state = 'CANCELLED' WHERE state = 'FAILED'");
        by.put(
                Invariant.RETRY_IS_THE_SAME_WORK,
                "UPDATE job SET params = '{\"edited\": true}' WHERE attempt = 1");
        by.put(Invariant.PAUSE_IS_KEPT, "UPDATE deferred SET due_at = '2026-11-22 11:59:29Z'");
        by.put(
                Invariant.ENDED_WITH_ITS_MEMBERS,
                "UPDATE job_group SET finished_at = '2026-11-22 11:52Z' WHERE status IS NOT NULL");
        by.put(
                Invariant.ENDED_LIKE_ITS_MEMBERS,
                "UPDATE job_group SET status = 'PARTIAL' WHERE status IS NOT NULL");
        by.put(
                Invariant.MEMBERS_KEEP_THEIR_ORDER,
                "UPDATE run SET started_at = '2026-11-22 11:50Z' WHERE token = 120");
        by.put(
                Invariant.SEQUENCE_GOES_ON,
                "UPDATE ready SET job_id = '019aac00-0000-7000-8000-000000000140' WHERE job_id ="
                        + " '019aac00-0000-7000-8000-000000000130'; UPDATE parked SET job_id ="
                        + " '019aac00-0000-7000-8000-000000000130' WHERE position = 900; UPDATE job SET"
                        + " group_id = NULL WHERE job_id = '019aac00-0000-7000-8000-000000000140'");
        by.put(
                Invariant.MEMBER_HAS_ITS_OWN_NUMBER,
                "UPDATE job SET sequence_number = 0 WHERE job_id ="
                        + " '019aac00-0000-7000-8000-000000000140'");
        by.put(
                Invariant.RESERVED_ONCE,
                """
                DROP INDEX reservation_active;
                INSERT INTO reservation (reservation_id, tenant_id, reserved_by, reserved_at, expires_at, job_id)
                SELECT '0e000000-0000-7000-8000-000000000002', tenant_id, reserved_by, reserved_at, expires_at, job_id FROM reservation
                """);
        by.put(Invariant.RESERVATION_STANDS, "UPDATE lane SET is_reserved = false");
        by.put(Invariant.RESERVED_STARTS_NOTHING, "UPDATE reservation SET job_id = NULL");
        by.put(
                Invariant.RESERVATION_ENDS,
                "UPDATE reservation SET expires_at = '2026-11-22 11:58Z'");
        by.put(
                Invariant.DIRECT_NEVER_WAITS,
                "UPDATE job SET kind = 'DIRECT' WHERE job_id ="
                        + " '019aac00-0000-7000-8000-000000000010'");
        by.put(
                Invariant.NOTICE_IS_OF_AN_END,
                "UPDATE outbox SET job_id = '019aac00-0000-7000-8000-000000000080'");
        by.put(Invariant.NOTICE_IS_DELIVERED, "UPDATE outbox SET due_at = '2026-11-22 11:54Z'");
        by.put(
                Invariant.ENDS_AFTER_ITS_START,
                "UPDATE run SET started_at = '2026-11-21 02:02Z' WHERE token = 60");
        by.put(
                Invariant.NOTHING_IS_OF_THE_FUTURE,
                "UPDATE node SET heartbeat_at = '2026-11-22 12:05Z'");
        return by;
    }

    @AfterEach
    void disconnect() {
        installation.disconnect();
    }

    @Test
    void books_in_order_have_no_line() {
        run(HEALTHY);

        assertThat(lines()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void what_is_broken_by_hand_has_exactly_its_line(Invariant invariant) {
        run(HEALTHY);
        run(breakageOf(invariant));

        assertThat(lines())
                .singleElement()
                .asString()
                .startsWith("not so: " + invariant.number() + " " + invariant.sentence() + ": [");
    }

    @Test
    void every_query_is_in_the_table_of_the_documentation() throws IOException {
        String table = Files.readString(Path.of("../docs/invariants.md"));

        assertThat(Invariant.values())
                .allSatisfy(invariant ->
                        assertThat(table)
                                .contains(
                                        "| %s | %s | `%s` |"
                                                .formatted(
                                                        invariant.number(),
                                                        invariant.sentence(),
                                                        invariant.name())));
    }

    @Test
    void a_day_is_enough_to_find_what_broke_on_it() {
        run(HEALTHY);
        run(breakageOf(Invariant.TOKEN_IS_USED_ONCE));
        Instant made = Instant.ofEpochMilli(0x019aac000000L);

        assertThat(Audit.violations(installation.database, made)).hasSize(1);
        assertThat(Audit.violations(installation.database, made.plusSeconds(1))).isEmpty();
    }

    private static String breakageOf(Invariant invariant) {
        return Objects.requireNonNull(BREAKAGES.get(invariant));
    }

    private void run(String statements) {
        installation.database.transact(handle -> {
            handle.execute("SET LOCAL timezone = 'UTC'");
            handle.createScript(statements).execute();
        });
    }

    private List<String> lines() {
        return Stream.concat(
                        Audit.violations(installation.database).stream(),
                        Audit.late(installation.database, NOON).stream())
                .toList();
    }
}
