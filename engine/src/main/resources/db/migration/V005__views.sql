-- The state of every pipeline run, derived from where it is; and the tables of schema `tenants`, by the
-- names under which operators know them.

CREATE VIEW pipeline_run AS
SELECT j.job_id,
       -- a run's id is its job's id with the last bit set
       (left(j.job_id::text, 35) || to_hex(('x' || right(j.job_id::text, 1))::bit(4)::int | 1))::uuid AS run_id,
       j.tenant_id, j.pipeline_id, j.config_id, j.slot_at,
       j.params ->> 'provider' AS provider, j.params ->> 'domain' AS domain,
       j.params ->> 'template_name' AS template_name, j.params -> 'parameters' AS parameters,
       CASE WHEN r.state IS NOT NULL THEN r.state
            WHEN l.job_id IS NOT NULL THEN 'RUNNING'
            WHEN j.slot_at IS NOT NULL THEN 'SCHEDULED'
            ELSE 'PENDING' END AS state,
       j.trigger_type, j.trigger_by, j.user_id, j.priority, j.attempt, j.max_retries, j.retry_of,
       COALESCE(j.root_id, j.job_id) AS root_id,
       to_timestamp(('x' || translate(left(j.job_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0) AS created_at,
       COALESCE(r.started_at, l.claimed_at) AS started_at, r.finished_at,
       r.error, r.error_code, r.exit_code, r.artifacts, r.result,
       COALESCE(r.node_id, l.node_id) AS node_id,
       d.due_at AS next_attempt_at, l.cancel_requested_at
FROM job j
LEFT JOIN run r ON r.job_id = j.job_id
LEFT JOIN lease l ON l.job_id = j.job_id
LEFT JOIN deferred d ON d.job_id = j.job_id
WHERE j.pipeline_id IS NOT NULL;

CREATE SCHEMA tenants;

CREATE VIEW tenants.tenant_profiles AS
SELECT tenant_id, company_name, admin_email, tenant_id AS tenant_dataset_id, status,
       (SELECT plan_name FROM subscription s WHERE s.tenant_id = t.tenant_id) AS subscription_plan,
       suspended_reason, created_at, updated_at
FROM tenant t;

CREATE VIEW tenants.tenant_api_keys AS
SELECT api_key_id, tenant_id, key_name, key_hash AS api_key_hash, scopes, is_active, expires_at, created_at,
       created_by, last_used_at, deactivated_at, deactivated_by, deactivation_reason
FROM api_key;

CREATE VIEW tenants.tenant_subscriptions AS
SELECT subscription_id, tenant_id, plan_name, status, daily_limit, monthly_limit, concurrent_limit,
       daily_limit AS max_pipelines_per_day, monthly_limit AS max_pipelines_per_month,
       concurrent_limit AS max_concurrent_pipelines, max_team_members, max_providers, monthly_price_usd,
       billing_cycle, auto_renew, trial_start_date, trial_end_date, subscription_start_date,
       subscription_end_date, created_at, updated_at
FROM subscription;

CREATE VIEW tenants.tenant_usage_quotas AS
SELECT tenant_id || '_' || to_char(usage_date, 'YYYYMMDD') AS usage_id, tenant_id, usage_date,
       run_today AS pipelines_run_today, succeeded_today AS pipelines_succeeded_today,
       failed_today AS pipelines_failed_today, cancelled_today AS pipelines_cancelled_today,
       run_month AS pipelines_run_month,
       COALESCE((SELECT running FROM lane WHERE lane.tenant_id = u.tenant_id), 0) AS concurrent_pipelines_running,
       (SELECT daily_limit FROM subscription s WHERE s.tenant_id = u.tenant_id) AS daily_limit,
       (SELECT monthly_limit FROM subscription s WHERE s.tenant_id = u.tenant_id) AS monthly_limit,
       (SELECT concurrent_limit FROM subscription s WHERE s.tenant_id = u.tenant_id) AS concurrent_limit,
       concurrent_max AS max_concurrent_reached, warned_at IS NOT NULL AS quota_warning_sent, exceeded_at IS NOT NULL AS quota_exceeded,
       exceeded_at AS quota_exceeded_at, last_started_at AS last_pipeline_started_at,
       last_completed_at AS last_pipeline_completed_at, updated_at AS last_updated, created_at
FROM quota_usage u;

CREATE VIEW tenants.tenant_cloud_credentials AS
SELECT credential_id, tenant_id, provider, credential_type, credential_name,
       ciphertext AS encrypted_credentials, key_id, project_id, account_id, region, scopes, validation_status,
       validation_error, last_validated_at, is_active, created_by_user_id, updated_by_user_id, last_used_at,
       created_at, updated_at
FROM credential;

CREATE VIEW tenants.tenant_pipeline_configs AS
SELECT config_id, tenant_id, provider, domain, template_name AS pipeline_template, pipeline_name, description,
       schedule_cron, timezone, is_active,
       (SELECT next_fire FROM schedule s WHERE s.config_id = c.config_id) AS next_run_time,
       last_run_time, last_run_status, parameters, priority, retry_config, notification_emails, created_by,
       created_at, updated_at
FROM pipeline_config c
WHERE deleted_at IS NULL;

CREATE VIEW tenants.scheduled_pipeline_runs AS
SELECT job_id AS run_id, config_id, tenant_id, pipeline_id, template_name AS pipeline_template, state,
       slot_at AS scheduled_time, priority, parameters, run_id AS pipeline_logging_id,
       attempt AS retry_attempt, attempt AS retry_count, max_retries, retry_of, trigger_type AS triggered_by,
       started_at AS actual_start_time, finished_at AS actual_end_time,
       CASE WHEN state = 'COMPLETED' THEN finished_at END AS completed_at,
       CASE WHEN state = 'FAILED' THEN finished_at END AS failed_at,
       round(extract(epoch FROM finished_at - started_at))::integer AS execution_duration_seconds,
       error AS error_message, next_attempt_at, node_id AS worker_id, created_at,
       COALESCE(finished_at, started_at, created_at) AS updated_at
FROM pipeline_run
WHERE slot_at IS NOT NULL;

CREATE VIEW tenants.pipeline_execution_queue AS
SELECT q.job_id AS queue_id, q.job_id AS run_id, q.tenant_id, j.pipeline_id,
       j.params ->> 'template_name' AS pipeline_template, q.state,
       COALESCE(j.slot_at, q.available_at) AS scheduled_time, j.priority, q.available_at,
       q.processing_started_at, q.processing_started_at AS picked_up_at, q.worker_id,
       j.attempt AS attempts,
       to_timestamp(('x' || translate(left(j.job_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0) AS added_at
FROM (SELECT job_id, tenant_id, 'QUEUED' AS state, NULL::timestamptz AS available_at,
             NULL::timestamptz AS processing_started_at, NULL::uuid AS worker_id FROM ready
      UNION ALL SELECT job_id, tenant_id, 'QUEUED', NULL, NULL, NULL FROM parked
      UNION ALL SELECT job_id, tenant_id, 'QUEUED', due_at, NULL, NULL FROM deferred
      UNION ALL SELECT job_id, tenant_id, 'PROCESSING', NULL, claimed_at, node_id FROM lease) AS q
JOIN job j ON j.job_id = q.job_id;

CREATE VIEW tenants.pipelines_due_now AS
SELECT c.config_id, c.tenant_id, c.provider, c.domain, c.template_name AS pipeline_template, c.pipeline_name,
       c.schedule_cron, c.timezone, s.next_fire AS next_run_time, c.last_run_time, c.last_run_status,
       c.parameters, c.retry_config, c.notification_emails, t.company_name, p.plan_name AS subscription_plan,
       t.status AS customer_status
FROM schedule s
JOIN pipeline_config c ON c.config_id = s.config_id
JOIN tenant t ON t.tenant_id = s.tenant_id
LEFT JOIN subscription p ON p.tenant_id = s.tenant_id
WHERE s.is_enabled AND NOT s.is_suspended AND s.next_fire <= now()
ORDER BY s.next_fire;

CREATE VIEW tenants.currently_running_pipelines AS
SELECT job_id AS run_id, config_id, tenant_id, pipeline_id, template_name AS pipeline_template, state,
       slot_at AS scheduled_time, started_at AS actual_start_time,
       extract(epoch FROM now() - started_at)::integer AS running_duration_seconds, node_id AS worker_id
FROM pipeline_run
WHERE job_id IN (SELECT job_id FROM lease);

CREATE VIEW tenants.pipeline_execution_stats_7d AS
SELECT tenant_id, template_name AS pipeline_template, count(*) AS total_runs,
       count(*) FILTER (WHERE state = 'COMPLETED') AS successful_runs,
       count(*) FILTER (WHERE state = 'FAILED') AS failed_runs,
       count(*) FILTER (WHERE state = 'SKIPPED') AS skipped_runs,
       avg(extract(epoch FROM finished_at - started_at)) AS avg_duration_seconds,
       max(extract(epoch FROM finished_at - started_at)) AS max_duration_seconds,
       min(extract(epoch FROM finished_at - started_at)) AS min_duration_seconds,
       round(100.0 * count(*) FILTER (WHERE state = 'COMPLETED')
             / NULLIF(count(*) FILTER (WHERE state IN ('COMPLETED', 'FAILED')), 0), 2) AS success_rate_percent
FROM pipeline_run
WHERE created_at > now() - interval '7 days'
GROUP BY tenant_id, template_name;

CREATE VIEW tenants.pending_queue_items AS
SELECT q.queue_id, q.run_id, q.tenant_id, q.pipeline_id, q.state, q.scheduled_time, q.priority,
       GREATEST(0, extract(epoch FROM now() - COALESCE(q.scheduled_time, now())))::integer AS delay_seconds
FROM tenants.pipeline_execution_queue q
JOIN tenant t ON t.tenant_id = q.tenant_id
WHERE q.state = 'QUEUED' AND t.status IN ('ACTIVE', 'TRIAL')
  AND (q.available_at IS NULL OR q.available_at <= now())
ORDER BY q.priority DESC, q.scheduled_time;
