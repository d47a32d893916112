-- Backfills, limits for a time, and monitoring views that stay fast among a million runs.

-- A wish to run a config for the instants of past days. Driven by whichever node finds it due.
CREATE TABLE backfill (
    backfill_id     uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    config_id       uuid        NOT NULL REFERENCES pipeline_config ON DELETE CASCADE,
    start_date      date        NOT NULL,
    end_date        date        NOT NULL CHECK (end_date >= start_date),
    mode            text        NOT NULL CHECK (mode IN ('MISSING', 'FAILED', 'ALL')),
    direction       text        NOT NULL CHECK (direction IN ('OLDEST_FIRST', 'NEWEST_FIRST')),
    max_concurrent  integer     NOT NULL CHECK (max_concurrent > 0),
    carries_date    boolean     NOT NULL,              -- the template has a parameter `date`
    days_back       integer     NOT NULL DEFAULT 0 CHECK (days_back >= 0),
    state           text        NOT NULL CHECK (state IN ('RUNNING', 'PAUSED', 'COMPLETED', 'CANCELLED')),
    total           integer     NOT NULL CHECK (total >= 0),
    waiting         integer     NOT NULL CHECK (waiting >= 0),          -- instants not begun yet
    live            integer     NOT NULL DEFAULT 0 CHECK (live >= 0),   -- begun and not over
    completed       integer     NOT NULL DEFAULT 0,
    failed          integer     NOT NULL DEFAULT 0,
    skipped         integer     NOT NULL DEFAULT 0,
    cancelled       integer     NOT NULL DEFAULT 0,
    left_out        integer     NOT NULL DEFAULT 0,    -- somebody else ran them first
    waits_for       text,                              -- why nothing is begun at present
    waits_because   text,
    look_at         timestamptz,                       -- when to look again; null: never
    end_reason      text,
    created_by      text,
    created_at      timestamptz NOT NULL,
    updated_at      timestamptz NOT NULL,
    ended_at        timestamptz,
    CHECK (total = waiting + live + completed + failed + skipped + cancelled + left_out)
) WITH (fillfactor = 70);
CREATE INDEX backfill_due ON backfill (look_at) WHERE look_at IS NOT NULL;
CREATE INDEX backfill_tenant ON backfill (tenant_id, backfill_id DESC);
CREATE INDEX backfill_config ON backfill (config_id);

-- One instant of a backfill, and the run that was begun for it.
CREATE TABLE backfill_instant (
    backfill_id     uuid        NOT NULL REFERENCES backfill ON DELETE CASCADE,
    due_at          timestamptz NOT NULL,
    state           text        NOT NULL DEFAULT 'WAITING' CHECK (state IN (
                        'WAITING', 'LIVE', 'COMPLETED', 'FAILED', 'SKIPPED', 'CANCELLED', 'LEFT_OUT')),
    job_id          uuid,
    reason          text,
    PRIMARY KEY (backfill_id, due_at),
    CHECK (state <> 'LIVE' OR job_id IS NOT NULL)
);
CREATE INDEX backfill_instant_open ON backfill_instant (backfill_id, due_at) WHERE state IN ('WAITING', 'LIVE');

-- Other limits than those of the subscription, for a time. Rows stay: they are the record of who and why.
CREATE TABLE limit_override (
    override_id     uuid        PRIMARY KEY,
    tenant_id       text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
    daily_limit     integer     CHECK (daily_limit >= 0),
    monthly_limit   integer     CHECK (monthly_limit >= 0),
    concurrent_limit integer    CHECK (concurrent_limit >= 0),
    reason          text        NOT NULL,
    created_by      text        NOT NULL,
    created_at      timestamptz NOT NULL,
    expires_at      timestamptz NOT NULL,
    ended_at        timestamptz,                       -- replaced, taken back, or noticed as expired
    ended_by        text,
    CHECK (num_nonnulls(daily_limit, monthly_limit, concurrent_limit) > 0),
    CHECK (expires_at > created_at)
);
CREATE UNIQUE INDEX limit_override_open ON limit_override (tenant_id) WHERE ended_at IS NULL;
CREATE INDEX limit_override_tenant ON limit_override (tenant_id, override_id DESC);
CREATE INDEX limit_override_expiry ON limit_override (expires_at) WHERE ended_at IS NULL;

-- Alarms that nobody has been told of yet are few, and found without reading the usage of all tenants.
ALTER TABLE quota_usage
    ADD COLUMN warning_told_at timestamptz,
    ADD COLUMN exceeded_told_at timestamptz;
UPDATE quota_usage SET warning_told_at = warned_at, exceeded_told_at = exceeded_at
WHERE warned_at IS NOT NULL OR exceeded_at IS NOT NULL;
CREATE INDEX quota_usage_alarm ON quota_usage (tenant_id, usage_date)
    WHERE (warned_at IS NOT NULL AND warning_told_at IS NULL)
       OR (exceeded_at IS NOT NULL AND exceeded_told_at IS NULL);

-- The smallest id that can be made at or after an instant: keeps a question to the partitions of its days.
CREATE FUNCTION id_floor(instant timestamptz) RETURNS uuid
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT (lpad(to_hex(floor(extract(epoch FROM instant) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid $$;

CREATE OR REPLACE VIEW tenants.tenant_usage_quotas AS
SELECT u.tenant_id || '_' || to_char(usage_date, 'YYYYMMDD') AS usage_id, u.tenant_id, usage_date,
       run_today AS pipelines_run_today, succeeded_today AS pipelines_succeeded_today,
       failed_today AS pipelines_failed_today, cancelled_today AS pipelines_cancelled_today,
       run_month AS pipelines_run_month,
       COALESCE((SELECT running FROM lane WHERE lane.tenant_id = u.tenant_id), 0) AS concurrent_pipelines_running,
       COALESCE(o.daily_limit, s.daily_limit) AS daily_limit,
       COALESCE(o.monthly_limit, s.monthly_limit) AS monthly_limit,
       COALESCE(o.concurrent_limit, s.concurrent_limit) AS concurrent_limit,
       concurrent_max AS max_concurrent_reached, warned_at IS NOT NULL AS quota_warning_sent, exceeded_at IS NOT NULL AS quota_exceeded,
       exceeded_at AS quota_exceeded_at, last_started_at AS last_pipeline_started_at,
       last_completed_at AS last_pipeline_completed_at, u.updated_at AS last_updated, u.created_at
FROM quota_usage u
LEFT JOIN subscription s ON s.tenant_id = u.tenant_id
LEFT JOIN limit_override o ON o.tenant_id = u.tenant_id AND o.ended_at IS NULL AND o.expires_at > now();

-- By the ids of seven days, not by a time computed from each id of all runs.
CREATE OR REPLACE VIEW tenants.pipeline_execution_stats_7d AS
SELECT j.tenant_id, j.params ->> 'template_name' AS pipeline_template, count(*) AS total_runs,
       count(*) FILTER (WHERE r.state = 'COMPLETED') AS successful_runs,
       count(*) FILTER (WHERE r.state = 'FAILED') AS failed_runs,
       count(*) FILTER (WHERE r.state = 'SKIPPED') AS skipped_runs,
       avg(extract(epoch FROM r.finished_at - r.started_at)) AS avg_duration_seconds,
       max(extract(epoch FROM r.finished_at - r.started_at)) AS max_duration_seconds,
       min(extract(epoch FROM r.finished_at - r.started_at)) AS min_duration_seconds,
       round(100.0 * count(*) FILTER (WHERE r.state = 'COMPLETED')
             / NULLIF(count(*) FILTER (WHERE r.state IN ('COMPLETED', 'FAILED')), 0), 2) AS success_rate_percent
FROM job j
LEFT JOIN run r ON r.job_id = j.job_id AND r.job_id >= convergence.id_floor(now() - interval '7 days')
WHERE j.pipeline_id IS NOT NULL AND j.job_id >= convergence.id_floor(now() - interval '7 days')
GROUP BY j.tenant_id, j.params ->> 'template_name';

-- In the order of the tickets, so that the first few are found before any job is read.
CREATE OR REPLACE VIEW tenants.pending_queue_items AS
SELECT q.job_id AS queue_id, q.job_id AS run_id, q.tenant_id, j.pipeline_id, 'QUEUED'::text AS state,
       j.slot_at AS scheduled_time, q.priority,
       GREATEST(0, extract(epoch FROM now() - COALESCE(j.slot_at,
           to_timestamp(('x' || translate(left(q.job_id::text, 13), '-', ''))::bit(48)::bigint / 1000.0))))::integer
           AS delay_seconds
FROM (SELECT job_id, tenant_id, priority, position FROM ready
      UNION ALL SELECT job_id, tenant_id, priority, position FROM parked
      UNION ALL SELECT job_id, tenant_id, priority, 9223372036854775807 FROM deferred WHERE due_at <= now()) AS q
JOIN job j ON j.job_id = q.job_id
JOIN tenant t ON t.tenant_id = q.tenant_id
WHERE t.status IN ('ACTIVE', 'TRIAL')
ORDER BY q.priority DESC, q.position;
