package dev.convergence.benchmark.lists;

/// Who was told what, and who wrote what.
enum FillTold {
    WEBHOOKS(
            """
            INSERT INTO webhook_endpoint (endpoint_id, tenant_id, url, events, max_attempts, is_enabled, secret, key_id,
                created_at, updated_at)
            SELECT pg_temp.id(pg_temp.made(0), t * 5 + e), pg_temp.tenant(t), 'https://hooks.example/' || e, ARRAY['*'], 3, true,
                   '\\x00', 'none', pg_temp.made(0), pg_temp.made(0)
            FROM generate_series(0, LEAST(%2$d, 1000) - 1) AS t, generate_series(0, CASE t WHEN 0 THEN 4 ELSE 0 END) AS e;
            INSERT INTO webhook_delivery (delivery_id, tenant_id, endpoint_id, event, job_id, payload, state, attempt_count,
                max_attempts, last_http_status, created_at, delivered_at)
            SELECT pg_temp.job(n), pg_temp.tenant(t), pg_temp.id(pg_temp.made(0), t * 5 + CASE t WHEN 0 THEN n %% 5 ELSE 0 END),
                   CASE pg_temp.state(n) WHEN 'FAILED' THEN 'pipeline.failed' ELSE 'pipeline.completed' END,
                   pg_temp.job(n), '\\x7b7d', CASE n %% 50 WHEN 1 THEN 'FAILED' ELSE 'DELIVERED' END, 1, 3, 200, pg_temp.made(n),
                   pg_temp.made(n)
            FROM (SELECT n, pg_temp.owner(n) AS t FROM generate_series(0::bigint, LEAST(%9$d, %1$d) - 1) AS n) AS x;
            """),
    NOTIFICATIONS(
            """
            INSERT INTO notification_channel (channel_id, tenant_id, channel_type, name, max_attempts, is_enabled, created_at, updated_at)
            SELECT pg_temp.id(pg_temp.made(0), t * 5 + e), pg_temp.tenant(t), 'LOG', 'log ' || e, 3, true, pg_temp.made(0), pg_temp.made(0)
            FROM generate_series(0, %2$d - 1) AS t, generate_series(0, CASE t WHEN 0 THEN 4 ELSE 0 END) AS e;
            INSERT INTO notification_rule (rule_id, tenant_id, name, events, channel_ids, late_seconds, days_before,
                run_states, is_enabled, created_at, updated_at)
            SELECT channel_id, tenant_id, 'of ' || name, ARRAY['PIPELINE_FAILURE'], ARRAY[channel_id], 3600, 7, ARRAY['FAILED'],
                   true, created_at, created_at
            FROM notification_channel;
            INSERT INTO notification_delivery (delivery_id, tenant_id, channel_id, rule_id, event, severity, fact, job_id,
                pipeline_id, subject, payload, state, attempt_count, max_attempts, created_at, delivered_at)
            SELECT pg_temp.job(n), pg_temp.tenant(t), pg_temp.id(pg_temp.made(0), t * 5 + CASE t WHEN 0 THEN n %% 5 ELSE 0 END),
                   NULL, CASE n %% 20 WHEN 0 THEN 'QUOTA_WARNING' ELSE 'PIPELINE_FAILURE' END, 'ERROR', 'run ' || n, pg_temp.job(n), pg_temp.tenant(t) || '-system-diagnostics-probe',
                   'A run failed', '\\x7b7d', CASE n %% 50 WHEN 1 THEN 'FAILED' ELSE 'DELIVERED' END, 1, 3,
                   pg_temp.made(n), pg_temp.made(n)
            FROM (SELECT n, pg_temp.owner(n) AS t FROM generate_series(0::bigint, LEAST(%9$d, %1$d) - 1) AS n) AS x;
            """),
    AUDIT(
            """
            INSERT INTO audit (audit_id, tenant_id, actor, action, resource, resource_id, method, path, request_id,
                outcome, status, after, ended_at)
            SELECT pg_temp.id(at, n), pg_temp.tenant(t), CASE n %% 7 WHEN 0 THEN 'admin' ELSE 'key:' || t END,
                   resource || CASE n %% 3 WHEN 0 THEN '.create' ELSE '.change' END, resource, 'thing-' || n / 10 %% 1000,
                   'POST', '/api/v1/' || resource, 'request-' || n, 'DONE', 201, '{"is": "made"}', at
            FROM (SELECT n, pg_temp.owner(n) AS t, pg_temp.made(n * %1$d / %7$d) AS at,
                         CASE WHEN n %% 1000 = 1 THEN 'channels' WHEN n %% 2 = 0 THEN 'jobs' ELSE 'pipeline-configs' END AS resource
                  FROM generate_series(0::bigint, %7$d - 1) AS n) AS x;
            """);

    private final String sql;

    FillTold(String sql) {
        this.sql = sql;
    }

    String sql(Scale scale) {
        return FillTenants.format(sql, scale);
    }
}
