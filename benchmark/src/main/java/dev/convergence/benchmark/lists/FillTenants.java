package dev.convergence.benchmark.lists;

import java.util.Locale;

/// Who there is, and what was set up.
enum FillTenants {
    TENANTS(
            """
            INSERT INTO tenant (tenant_id, company_name, admin_email, status, created_at, updated_at)
            SELECT pg_temp.tenant(t), 'Company ' || t, 'admin@company-' || t || '.example', 'ACTIVE',
                   pg_temp.made(0) - interval '1 year', pg_temp.made(0) - interval '1 year'
            FROM generate_series(0, %2$d - 1) AS t;
            INSERT INTO subscription (subscription_id, tenant_id, plan_name, daily_limit, monthly_limit,
                concurrent_limit, max_team_members, max_providers, subscription_start_date, created_at, updated_at)
            SELECT gen_random_uuid(), tenant_id, (ARRAY['STARTER', 'PROFESSIONAL', 'SCALE'])[1 + abs(hashtext(tenant_id)) %% 3],
                   1000000, 30000000, 10, 2, 3, current_date, created_at, created_at
            FROM tenant;
            INSERT INTO lane (tenant_id, concurrent_limit) SELECT tenant_id, 10 FROM tenant;
            """),
    CONFIGS(
            """
            INSERT INTO pipeline_config (config_id, tenant_id, provider, domain, template_name, pipeline_name,
                schedule_cron, is_active, halt, parameters, created_at, updated_at)
            SELECT pg_temp.config(t, c), pg_temp.tenant(t), 'SYSTEM', 'DIAGNOSTICS', 'probe', 'pipeline ' || c,
                   '0 2 * * *', c %% 10 > 0, CASE c %% 10 WHEN 0 THEN 'PAUSED' END, '{"duration_ms": 10}',
                   pg_temp.made(0) - interval '1 year', pg_temp.made(0)
            FROM (SELECT 0 AS t, c FROM generate_series(0, %4$d - 1) AS c
                  UNION ALL SELECT t, c FROM generate_series(1, %2$d - 1) AS t, generate_series(0, %5$d - 1) AS c) AS x;
            INSERT INTO schedule (config_id, tenant_id, next_fire, is_enabled)
            SELECT config_id, tenant_id, now() + interval '10 days', is_active FROM pipeline_config;
            """),
    USAGE(
            """
            INSERT INTO quota_usage (tenant_id, usage_date, run_today, run_month, succeeded_today, created_at, updated_at)
            SELECT pg_temp.tenant(t), d::date, 20, 20 * extract(day FROM d), 19, d, d
            FROM generate_series(0, %2$d - 1) AS t,
                 generate_series(current_date - %8$d, current_date, interval '1 day') AS d;
            """),
    JOB_TEMPLATES(
            """
            INSERT INTO job_template (template_id, tenant_id, name, job_type, retry_policy, created_at, updated_at)
            SELECT pg_temp.id(pg_temp.made(n), n), pg_temp.tenant(0), 'template ' || n, 'probe',
                   '{"max_retries": 0}', pg_temp.made(n), pg_temp.made(n)
            FROM generate_series(0, %4$d - 1) AS n;
            INSERT INTO job_schedule (schedule_id, tenant_id, template_id, name, cron, timezone, enabled,
                next_trigger_at, created_at, updated_at)
            SELECT template_id, tenant_id, template_id, 'of ' || name, '0 2 * * *', 'UTC', true,
                   now() + interval '10 days', created_at, created_at
            FROM job_template;
            """),
    OVERRIDES(
            """
            INSERT INTO limit_override (override_id, tenant_id, daily_limit, reason, created_by, created_at, expires_at,
                ended_at, ended_by)
            SELECT pg_temp.job(n), pg_temp.tenant(0), 5, 'a busy day', 'admin', pg_temp.made(n),
                   pg_temp.made(n) + interval '1 hour', pg_temp.made(n) + interval '1 hour', 'expired'
            FROM generate_series(0, LEAST(%4$d, %1$d) - 1) AS n;
            """),
    BACKFILLS(
            """
            INSERT INTO backfill (backfill_id, tenant_id, config_id, start_date, end_date, mode, direction,
                max_concurrent, carries_date, state, total, waiting, left_out, created_at, updated_at, ended_at)
            SELECT pg_temp.job(n), pg_temp.tenant(0), pg_temp.config(0, n), pg_temp.made(n)::date - 4,
                   pg_temp.made(n)::date, 'ALL', 'OLDEST_FIRST', 1, false, 'COMPLETED', 5, 0, 5, pg_temp.made(n),
                   pg_temp.made(n), pg_temp.made(n)
            FROM generate_series(0, LEAST(%4$d, %1$d) - 1) AS n;
            INSERT INTO backfill_instant (backfill_id, due_at, state)
            SELECT backfill_id, start_date + i * interval '1 day', 'LEFT_OUT'
            FROM backfill, generate_series(0, 4) AS i;
            """);

    private final String sql;

    FillTenants(String sql) {
        this.sql = sql;
    }

    String sql(Scale scale) {
        return format(sql, scale);
    }

    /// The numbers under which all steps know what there is to be.
    static String format(String sql, Scale scale) {
        return String.format(
                Locale.ROOT,
                sql,
                scale.runs(),
                scale.tenants(),
                scale.configs(),
                scale.configsOfLarge(),
                scale.configsOfSmall(),
                scale.waiting(),
                scale.entries(),
                scale.days(),
                scale.told());
    }
}
