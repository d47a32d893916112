package dev.convergence.benchmark.lists;

/// What ran, what waits, and the ledger.
enum FillWork {
    JOBS(
            """
            INSERT INTO job (job_id, tenant_id, job_type, params, priority, pipeline_id, config_id, slot_at,
                trigger_type, trigger_by, kind, group_id, sequence_number, position)
            SELECT pg_temp.job(n), tenant, CASE WHEN of_people THEN 'probe' ELSE 'pipeline' END,
                   CASE WHEN of_people THEN jsonb_build_object('echo', n)
                        ELSE jsonb_build_object('provider', 'SYSTEM', 'domain', 'DIAGNOSTICS', 'template_name', 'probe',
                                                'parameters', jsonb_build_object('duration_ms', 10)) END,
                   5, CASE WHEN NOT of_people THEN tenant || '-system-diagnostics-probe' END,
                   CASE WHEN n %% 10 < 6 THEN pg_temp.config(t, n / 20 * 10 + n %% 10) END,
                   CASE WHEN n %% 10 < 6 THEN pg_temp.made(n) END,
                   CASE WHEN n %% 10 < 6 THEN 'scheduler' WHEN of_people THEN 'api' ELSE 'manual' END,
                   'somebody', CASE WHEN of_people THEN 'QUEUE' END,
                   CASE WHEN pg_temp.grouped(n) THEN pg_temp.job(n / 10 * 10 + 7) END,
                   CASE WHEN pg_temp.grouped(n) THEN n %% 10 - 7 END, n
            FROM (SELECT n, t, pg_temp.tenant(t) AS tenant, n %% 10 >= 7 AS of_people
                  FROM (SELECT n, pg_temp.owner(n) AS t FROM generate_series(0::bigint, %1$d - 1) AS n) AS x) AS y;
            """),
    RUNS(
            """
            INSERT INTO run (job_id, tenant_id, state, token, node_id, started_at, finished_at, error, error_code, artifacts)
            SELECT pg_temp.job(n), pg_temp.tenant(pg_temp.owner(n)), state,
                   CASE WHEN state <> 'CANCELLED' THEN nextval('attempt_token') END,
                   '00000000-0000-7000-8000-000000000001',
                   CASE WHEN state <> 'CANCELLED' THEN pg_temp.made(n) + interval '1 second' END,
                   pg_temp.made(n) + interval '11 seconds', CASE state WHEN 'FAILED' THEN 'It was told to fail.' END,
                   CASE state WHEN 'FAILED' THEN 'PROBE_FAILED' END,
                   CASE WHEN n %% 10 >= 7 THEN jsonb_build_object('echo', n) END
            FROM (SELECT n, pg_temp.state(n) AS state FROM generate_series(0::bigint, %1$d - 1) AS n) AS x;
            """),
    SLOTS(
            """
            INSERT INTO slot (tenant_id, config_id, due_at, outcome, job_id, reason, decided_at)
            SELECT pg_temp.tenant(t), pg_temp.config(t, n / 20 * 10 + n %% 10), pg_temp.made(n), 'FIRED',
                   pg_temp.job(n), NULL, pg_temp.made(n) + interval '1 second'
            FROM (SELECT n, pg_temp.owner(n) AS t FROM generate_series(0::bigint, %1$d - 1) AS n) AS x WHERE n %% 10 < 6;
            INSERT INTO slot (tenant_id, config_id, due_at, outcome, reason, decided_at)
            SELECT pg_temp.tenant(t), pg_temp.config(t, n / 10), pg_temp.made(n) + interval '1 microsecond',
                   CASE n / 10 %% 3 WHEN 0 THEN 'SKIPPED_QUOTA' ELSE 'SKIPPED_OVERLAP' END, 'the run before had not ended',
                   pg_temp.made(n) + interval '1 second'
            FROM (SELECT n, pg_temp.owner(n) AS t FROM generate_series(9::bigint, %1$d - 1, 10) AS n) AS x;
            """),
    GROUPS(
            """
            INSERT INTO job_group (group_id, members_from, tenant_id, name, mode, on_failure, priority, status, finished_at)
            SELECT pg_temp.job(n), pg_temp.job(n), pg_temp.tenant(pg_temp.owner(n)), 'group ' || n, 'PARALLEL', 'STOP', 5,
                   'COMPLETED', pg_temp.made(n + 3) + interval '12 seconds'
            FROM generate_series(7::bigint, %1$d - 3, 10) AS n WHERE pg_temp.grouped(n);
            """),
    WAITING(
            """
            INSERT INTO job (job_id, tenant_id, job_type, params, priority, kind, trigger_type, trigger_by, position, shown_position)
            SELECT pg_temp.id(pg_temp.made(%1$d) + n * interval '1 millisecond', n), pg_temp.tenant(0), 'probe', '{}',
                   n %% 3, 'QUEUE', 'api', 'somebody', %1$d + n, 100 * (1 + n / 3)
            FROM generate_series(0::bigint, %6$d - 1) AS n;
            INSERT INTO ready (tenant_id, priority, position, job_id, is_manual)
            SELECT pg_temp.tenant(0), n %% 3, %1$d + n, pg_temp.id(pg_temp.made(%1$d) + n * interval '1 millisecond', n), true
            FROM generate_series(0::bigint, %6$d - 1) AS n WHERE n %% 100 > 0;
            INSERT INTO deferred (due_at, job_id, tenant_id, priority, is_manual)
            SELECT now() + interval '10 days', pg_temp.id(pg_temp.made(%1$d) + n * interval '1 millisecond', n),
                   pg_temp.tenant(0), n %% 3, true
            FROM generate_series(0::bigint, %6$d - 1, 100) AS n;
            UPDATE lane SET has_ready = %6$d > 0 WHERE tenant_id = pg_temp.tenant(0);
            SELECT setval('ticket_position', %1$d + %6$d + 1);
            """),
    DEAD_LETTERS(
            """
            INSERT INTO dead_letter (job_id, tenant_id, reason, died_at)
            SELECT pg_temp.job(n), pg_temp.tenant(pg_temp.owner(n)), 'Three nodes died under it.', pg_temp.made(n)
            FROM generate_series(0::bigint, %1$d - 1, 97) AS n;
            """);

    private final String sql;

    FillWork(String sql) {
        this.sql = sql;
    }

    String sql(Scale scale) {
        return FillTenants.format(sql, scale);
    }
}
